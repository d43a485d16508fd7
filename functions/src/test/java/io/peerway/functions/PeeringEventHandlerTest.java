package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.peerway.model.error.MalformedEvent;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeeringEventHandlerTest {

  private static final Path EVENTS = Path.of("..", "events");
  private static final String ID = "pcx-0a1b2c3d4e5f60718";

  private final FakeWorkflows workflows = new FakeWorkflows();

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("PeeringEventFunction"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void every_sample_starts_one_workflow_once_however_often_it_is_delivered(Path sample) {
    ScheduledEvent event = EventLoader.loadScheduledEvent(sample.toString());
    Map<String, String> first = handle(event);
    String name = first.get("execution");
    assertThat(first).containsEntry("outcome", "started");
    assertThat(name).matches("(" + ID + "|[0-9]{12})-" + event.getId());
    assertThat(handle(event)).isEqualTo(answer("repeated", first.get("workflow"), name));
    assertThat(workflows.started()).hasSize(1);
    // Step Functions API reference, "StartExecution".
    assertThat(name).matches("[A-Za-z0-9-]{1,80}");
  }

  @ParameterizedTest
  @CsvSource({
    "AcceptVpcPeeringConnection, connect, pcx-0a1b2c3d4e5f60718",
    "DeleteVpcPeeringConnection, disconnect, pcx-0a1b2c3d4e5f60718",
    "DeleteVpc, onboard-account, 123456789012",
    "CreateRouteTable, onboard-account, 123456789012"
  })
  void each_kind_of_event_starts_its_own_workflow(String call, String workflow, String subject)
      throws IOException {
    String sample = Files.readString(EVENTS.resolve("PeeringEventFunction-acceptance.json"));
    ScheduledEvent event =
        Invoked.event(
            sample
                .replace("\"AcceptVpcPeeringConnection\"", "\"" + call + "\"")
                .replace(
                    "\"requestParameters\": {",
                    "\"requestParameters\": {\"vpcId\": \"vpc-0a1b2c3d\", ")
                .replaceFirst("\"account\": \"[0-9]+\"", "\"account\": \"123456789012\""));
    assertThat(handle(event)).isEqualTo(answer("started", workflow, subject + "-" + event.getId()));
  }

  private static Map<String, String> answer(String outcome, String workflow, String name) {
    return Map.of("outcome", outcome, "workflow", workflow, "execution", name);
  }

  @Test
  void one_decision_about_two_requests_starts_both() throws IOException {
    String decision = Files.readString(EVENTS.resolve("PeeringEventFunction-decision.json"));
    ScheduledEvent event =
        Invoked.event(
            decision.replaceFirst(
                "\\{\\s*\"resourceId\"", "{\"resourceId\": \"pcx-00000000\"}, $0"));
    assertThat(handle(event)).containsEntry("outcome", "started");
    assertThat(workflows.started())
        .containsExactly("pcx-00000000-" + event.getId(), ID + "-" + event.getId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'source': 'aws.ec2'}",
        "{'source': 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', 'detail': {}}",
        "{'source': 'aws.organizations', 'detail-type': 'AWS Service Event via CloudTrail',"
            + " 'detail': {'eventName': 'CreateAccountResult'}}"
      })
  void a_foreign_event_is_ignored_with_a_reason(String foreign) {
    Map<String, String> answer = handle(Invoked.event(foreign.replace('\'', '"')));
    assertThat(answer).containsEntry("outcome", "ignored");
    assertThat(answer.get("reason")).isNotBlank();
    assertThat(workflows.started()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "\"a b\"", "\"x\\n\"", "\"../../x\""})
  void an_event_id_that_is_no_name_is_malformed(String id) throws IOException {
    String sample = Files.readString(EVENTS.resolve("PeeringEventFunction-acceptance.json"));
    assertMalformed(
        Invoked.event(
            sample.replaceFirst("\"id\": \"[^\"]*\"", "\"id\": " + id.replace("\\", "\\\\"))),
        "id of the event");
  }

  @Test
  void a_peering_id_of_another_form_in_the_hubs_own_event_is_malformed() throws IOException {
    String sample = Files.readString(EVENTS.resolve("PeeringEventFunction-acceptance.json"));
    assertMalformed(Invoked.event(sample.replace(ID, "pcx-../\\n")), "vpcPeeringConnectionId");
    assertMalformed(
        Invoked.event(sample.replace(ID, "pcx-" + "0".repeat(300_000))), "vpcPeeringConnectionId");
  }

  @Test
  void no_event_at_all_is_malformed() {
    assertMalformed(null, "null");
  }

  private void assertMalformed(ScheduledEvent event, String said) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> handle(event))
        .withMessageContaining(said)
        .satisfies(
            e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContainPattern("\\p{Cc}"));
    assertThat(workflows.started()).isEmpty();
  }

  private Map<String, String> handle(ScheduledEvent event) {
    return new PeeringEventHandler(Samples.HUB_ACCOUNT, workflows)
        .handleRequest(event, new TestContext());
  }
}
