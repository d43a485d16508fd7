package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Invoked;
import io.peerway.functions.TestContext;
import io.peerway.testing.FakeEventQueue;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every event is counted once, as a metric of the namespace Peerway. */
class CountedEventsTest {

  private static final String SAMPLE = Batches.sample("VpcEventFunction/acceptance");

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Batches.Hand clock = new Batches.Hand(Instant.parse("2026-11-29T12:00:30Z"));
  private final VpcEventHandler handler =
      Batches.peerings(World.sample(), new FakeWorkflows(clock), new FakeEventQueue(), clock);

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(stdout);
  }

  @Test
  void a_request_counts_as_started_and_its_repetition_as_put_back() {
    handle(SAMPLE, SAMPLE);
    assertThat(counted()).containsExactly("WorkflowStarted");
    handle(SAMPLE);
    assertThat(counted()).containsExactly("WorkflowStarted", "ErrandPutBack");
  }

  @Test
  void a_foreign_event_counts_as_ignored() {
    handle("{}");
    assertThat(counted()).containsExactly("EventIgnored");
  }

  @Test
  void a_malformed_event_counts_as_malformed() {
    handle("no event");
    assertThat(counted()).containsExactly("EventMalformed");
  }

  private void handle(String... events) {
    handler.handleRequest(Batches.of(events), new TestContext());
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
