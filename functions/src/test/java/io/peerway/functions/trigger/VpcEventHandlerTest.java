package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Invoked;
import io.peerway.functions.TestContext;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.VpcId;
import io.peerway.testing.FakeEventQueue;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VpcEventHandlerTest {

  private static final String ID = "pcx-0a1b2c3d4e5f60718";
  private static final String REQUEST = Batches.sample("VpcEventFunction/forwarded-request");
  private static final String ACCEPTANCE = Batches.sample("VpcEventFunction/acceptance");
  private static final String TAG_ON = Batches.sample("VpcEventFunction/tag-on");
  private static final String TABLE = Batches.sample("VpcEventFunction/route-table-created");

  private final Batches.Hand clock = new Batches.Hand(Instant.parse("2026-11-29T12:00:30Z"));
  private final World world = World.sample();
  private final FakeWorkflows workflows = new FakeWorkflows(clock);
  private final FakeEventQueue queue = new FakeEventQueue();

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Batches.EVENTS.resolve("VpcEventFunction"))) {
      return files.filter(file -> !file.toString().endsWith(".expected.json")).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void every_sample_starts_one_workflow_however_often_it_comes_at_once(Path sample)
      throws IOException {
    String event = Files.readString(sample);
    assertThat(handle(event, event, event)).isEmpty();
    assertThat(workflows.started())
        .singleElement()
        .asString()
        .matches("(disconnect |look-at-account )?(" + ID + "|210987654321)-1795953600-0");
    assertThat(queue.held()).isEmpty();
    assertThat(queue.aside()).isEmpty();
  }

  // CloudTrail writes responseElements: null for a refused call.
  @Test
  void an_event_with_a_null_in_it_says_what_it_is_about() {
    handle(Batches.sample("VpcEventFunction/vpc-held-up"));
    assertThat(workflows.looks())
        .singleElement()
        .satisfies(look -> assertThat(look.heldUp()).containsExactly(Samples.SERVICE_VPC))
        .satisfies(look -> assertThat(look.throughout()).isFalse());
  }

  @Test
  void events_about_one_account_make_one_look_with_the_reasons_of_all() {
    handle(TAG_ON, TABLE, TAG_ON.replace("vpc-0bbbbbbbbbbbbbbbb", "vpc-0eeeeeeeeeeeeeeee"));
    assertThat(workflows.started()).containsExactly("look-at-account 210987654321-1795953600-0");
    assertThat(workflows.looks())
        .singleElement()
        .satisfies(
            look ->
                assertThat(look.tagged())
                    .containsExactly(
                        new VpcId("vpc-0bbbbbbbbbbbbbbbb"), new VpcId("vpc-0eeeeeeeeeeeeeeee")))
        .satisfies(look -> assertThat(look.changed()).containsExactly(Samples.SERVICE_VPC));
  }

  @Test
  void what_comes_too_early_is_put_back_and_is_a_look_when_its_time_comes() {
    handle(TABLE);
    clock.goesOn(Duration.ofSeconds(4));
    handle(TAG_ON);
    assertThat(workflows.started()).hasSize(1);
    assertThat(queue.held())
        .singleElement()
        .satisfies(held -> assertThat(held.after()).isEqualTo(Duration.ofSeconds(6)));
    clock.goesOn(Duration.ofSeconds(6));
    handle(queue.taken().getFirst().message());
    assertThat(workflows.started()).endsWith("look-at-account 210987654321-1795953600-1");
    assertThat(workflows.looks().getLast().tagged()).containsExactly(Samples.SERVICE_VPC);
  }

  @Test
  void a_window_that_has_just_begun_does_not_let_in_what_came_too_early_for_the_one_before() {
    clock.goesOn(Duration.ofSeconds(29));
    handle(TABLE);
    clock.goesOn(Duration.ofSeconds(2));
    handle(TABLE);
    assertThat(workflows.started()).hasSize(1);
    assertThat(queue.taken().getFirst().after()).isEqualTo(Duration.ofSeconds(8));
    clock.goesOn(Duration.ofSeconds(8));
    handle(TABLE);
    assertThat(workflows.started()).endsWith("look-at-account 210987654321-1795953660-0");
  }

  @Test
  void a_second_word_in_one_window_is_told_in_the_next_and_what_it_asks_for_is_done_before() {
    handle(TAG_ON);
    clock.goesOn(Duration.ofSeconds(15));
    handle(TAG_ON, TABLE);
    assertThat(workflows.looks()).hasSize(2);
    assertThat(workflows.looks().getLast().tells()).isFalse();
    assertThat(workflows.looks().getLast().changed()).containsExactly(Samples.SERVICE_VPC);
    assertThat(queue.held().getFirst().after()).isEqualTo(Duration.ofSeconds(15));
    // Not before the time has passed that lies between two turns.
    clock.goesOn(Duration.ofSeconds(15));
    handle(queue.taken().getFirst().message());
    assertThat(queue.held().getFirst().after()).isEqualTo(Duration.ofSeconds(5));
    clock.goesOn(Duration.ofSeconds(5));
    handle(queue.taken().getFirst().message());
    assertThat(workflows.looks().getLast().tagged()).containsExactly(Samples.SERVICE_VPC);
  }

  @Test
  void one_decision_about_two_requests_starts_both() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.PENDING_ACCEPTANCE, ""));
    handle(
        Batches.sample("VpcEventFunction/decision")
            .replaceFirst(
                "\\{\\s*\"resourceId\"",
                "{\"resourceId\": \"" + Samples.OTHER_PEERING + "\"}, $0"));
    assertThat(workflows.started())
        .containsExactlyInAnyOrder(Samples.OTHER_PEERING + "-1795953600-0", ID + "-1795953600-0");
  }

  @Test
  void a_peering_that_nobody_knows_is_looked_for_once_more_and_starts_nothing() {
    handle(REQUEST.replace(ID, "pcx-00000000"));
    assertThat(workflows.started()).isEmpty();
    assertThat(queue.held())
        .singleElement()
        .satisfies(held -> assertThat(held.after()).isEqualTo(Duration.ofSeconds(11)));
    handle(queue.taken().getFirst().message());
    assertThat(workflows.started()).isEmpty();
    assertThat(queue.held()).isEmpty();
  }

  @Test
  void a_request_that_is_seen_at_the_second_look_is_connected() {
    var request = world.peering(Samples.PEERING);
    world.put(Samples.in(request, PeeringStatus.PENDING_ACCEPTANCE));
    handle(REQUEST.replace(ID, "pcx-00000000"));
    handle(queue.taken().getFirst().message().replace("pcx-00000000", ID));
    assertThat(workflows.started()).containsExactly(ID + "-1795953600-0");
  }

  @Test
  void a_request_that_is_over_before_it_is_read_starts_nothing() {
    world.put(Samples.request(PeeringStatus.DELETED));
    handle(REQUEST, Batches.sample("VpcEventFunction/deletion"));
    assertThat(workflows.started()).isEmpty();
    // Unless a route leads there: then people had made a connection of it.
    world.route(Samples.HUB_VPC, new Route(new Cidr("10.110.0.0/16"), ID, Route.State.BLACKHOLE));
    handle(REQUEST, Batches.sample("VpcEventFunction/deletion"));
    assertThat(workflows.started()).containsExactly("disconnect " + ID + "-1795953600-0");
  }

  @Test
  void the_end_of_what_was_let_in_starts_disconnect() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.DELETED), "peerway:by", "request"));
    handle(Batches.sample("VpcEventFunction/deletion"));
    assertThat(workflows.started()).containsExactly("disconnect " + ID + "-1795953600-0");
  }

  @Test
  void thousands_of_ids_that_never_were_start_nothing() {
    for (int batch = 0; batch < 200; batch++) {
      int first = 10 * batch;
      List<String> bodies =
          IntStream.range(first, first + 10)
              .mapToObj(n -> REQUEST.replace(ID, "pcx-%08x".formatted(n)))
              .toList();
      handle(bodies.toArray(String[]::new));
      queue.taken().forEach(held -> handle(held.message()));
    }
    assertThat(workflows.started()).isEmpty();
    assertThat(queue.held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'account': '210987654321'}",
        "{'source': 'aws.ec2', 'account': '210987654321'}",
        "{'source': 'aws.organizations', 'account': '210987654321', 'detail': {}}",
        "{'source': 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', 'account':"
            + " '210987654321', 'detail': {}}"
      })
  void an_event_that_asks_for_nothing_is_done_with(String event) {
    assertThat(handle(event.replace('\'', '"'))).isEmpty();
    assertThat(workflows.started()).isEmpty();
    assertThat(queue.aside()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "no JSON", "{'account': '21098", "7"})
  void what_is_no_event_is_put_aside_with_the_reason(String body) {
    assertThat(handle(body.replace('\'', '"'))).isEmpty();
    assertThat(queue.aside()).containsExactly(body.replace('\'', '"'));
    assertThat(queue.reasons().getFirst()).isNotBlank().doesNotContainPattern("\\p{Cc}");
  }

  @Test
  void an_event_of_no_account_is_put_aside_and_holds_up_no_other() {
    String nobody = TABLE.replaceFirst("\"account\": \"[0-9]+\"", "\"account\": \"x\"");
    handle(nobody, TABLE);
    assertThat(queue.aside()).containsExactly(nobody);
    assertThat(queue.reasons().getFirst()).contains("account of the event");
    assertThat(workflows.started()).hasSize(1);
  }

  @Test
  void a_peering_id_of_another_form_is_put_aside_in_the_hubs_own_event_alone() {
    String strange = ACCEPTANCE.replace(ID, "pcx-../\\n");
    handle(strange);
    assertThat(queue.aside()).containsExactly(strange);
    handle(REQUEST.replace(ID, "pcx-../\\n"));
    assertThat(queue.aside()).hasSize(1);
    assertThat(workflows.looks())
        .singleElement()
        .satisfies(look -> assertThat(look.throughout()).isTrue());
  }

  @Test
  void a_detail_that_is_too_deep_to_be_read_has_its_account_looked_at() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    handle(
        """
        {"detail": {"eventName": %s}, "source": "aws.ec2", "account": "210987654321",
         "detail-type": "AWS API Call via CloudTrail", "resources": []}\
        """
            .formatted(deep));
    assertThat(workflows.looks())
        .singleElement()
        .satisfies(look -> assertThat(look.throughout()).isTrue());
    assertThat(queue.aside()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"{\"errand\":\"fly\"}", "{\"errand\":\"connect\"}", "{\"errand\":7"})
  void an_errand_that_nobody_knows_is_put_aside(String message) {
    handle(message);
    assertThat(queue.aside()).containsExactly(message);
  }

  @Test
  void what_fails_comes_again_and_the_others_are_done() {
    world.fail(Samples.HUB_ACCOUNT, () -> new Unavailable("EC2 is away", new RuntimeException()));
    assertThat(handle(TABLE, REQUEST, TABLE))
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("1");
    assertThat(workflows.started()).containsExactly("look-at-account 210987654321-1795953600-0");
  }

  @Test
  void it_reads_and_answers_what_lambda_gives_and_takes() {
    // As in "Using Lambda with Amazon SQS" (Lambda developer guide).
    JsonNode batch =
        Invoked.json(
            """
            {'Records': [{
              'messageId': '059f36b4-87a3-44ab-83d2-661975830a7d', 'receiptHandle': 'AQEB', 'body': '',
              'attributes': {'ApproximateReceiveCount': '1', 'SentTimestamp': '1545082649183'},
              'messageAttributes': {'mine': {'stringValue': 'x', 'stringListValues': [],
                'binaryListValues': [], 'dataType': 'String'}},
              'md5OfBody': 'e4e68fb7bd0e697a0ae8f1bb342846b3', 'eventSource': 'aws:sqs',
              'eventSourceARN': 'arn:aws:sqs:eu-west-1:123456789012:q', 'awsRegion': 'eu-west-1'}]}""");
    ((ObjectNode) batch.at("/Records/0")).put("body", TABLE);
    JsonNode answer =
        Invoked.exactly(Batches.peerings(world, workflows, queue, clock), batch.toString());
    assertThat(answer).isEqualTo(Invoked.json("{'batchItemFailures': []}"));
    assertThat(workflows.started()).hasSize(1);
  }

  private List<BatchItemFailure> handle(String... bodies) {
    return Batches.peerings(world, workflows, queue, clock)
        .handleRequest(Batches.of(bodies), new TestContext())
        .getBatchItemFailures();
  }

  @Test
  void nothing_at_all_is_nothing_to_do() {
    var handler = Batches.peerings(world, workflows, queue, clock);
    assertThat(handler.handleRequest(null, new TestContext()).getBatchItemFailures()).isEmpty();
    assertThat(handler.handleRequest(new SQSEvent(), new TestContext()).getBatchItemFailures())
        .isEmpty();
  }
}
