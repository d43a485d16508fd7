package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every event is counted once, as a metric of the namespace Peerway. */
class CountedEventsTest {

  private static final String SAMPLE = "../events/PeeringEventFunction-acceptance.json";

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PeeringEventHandler handler =
      new PeeringEventHandler(Samples.HUB_ACCOUNT, new FakeWorkflows());

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(stdout);
  }

  @Test
  void a_request_counts_as_started_and_its_repetition_as_repeated() {
    handle(EventLoader.loadScheduledEvent(SAMPLE));
    assertThat(counted()).containsExactly("WorkflowStarted");
    handle(EventLoader.loadScheduledEvent(SAMPLE));
    assertThat(counted()).containsExactly("WorkflowStarted", "EventRepeated");
  }

  @Test
  void a_foreign_event_counts_as_ignored() {
    handle(new ScheduledEvent());
    assertThat(counted()).containsExactly("EventIgnored");
  }

  @Test
  void a_malformed_event_counts_as_malformed() {
    ScheduledEvent event = EventLoader.loadScheduledEvent(SAMPLE);
    event.setId("not an id");
    handle(event);
    assertThat(counted()).containsExactly("EventMalformed");
  }

  // How a malformed event ends is PeeringEventHandlerTest's matter.
  private void handle(ScheduledEvent event) {
    catchThrowable(() -> handler.handleRequest(event, new TestContext()));
  }

  private List<String> counted() {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"_aws\""))
        .map(Invoked::json)
        .map(metric -> metric.at("/_aws/CloudWatchMetrics/0"))
        .filter(metric -> metric.get("Namespace").asText().equals("Peerway"))
        .map((JsonNode metric) -> metric.at("/Metrics/0/Name").asText())
        .toList();
  }
}
