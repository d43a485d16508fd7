package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.functions.Invoked;
import io.peerway.functions.TestContext;
import io.peerway.model.Mending;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.RouteTableId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreHandlerTest {
  private static final String CALL =
      """
      {'version': '0', 'id': '7b2c0000-0000-4000-8000-00000000000%d', 'source': 'aws.ec2',
       'detail-type': 'AWS API Call via CloudTrail', 'account': '123456789012',
       'time': '2026-11-23T08:00:00Z', 'region': 'eu-west-1', 'resources': [],
       'detail': {'eventName': '%s', 'userAgent': 'HashiCorp Terraform/1.13.0',
         'eventTime': '2026-11-23T08:00:00Z',
         'userIdentity': {'arn': 'arn:aws:sts::123456789012:assumed-role/terraform/ci'},
         'requestParameters': {%s}}}\
      """;

  private static final String OFF =
      "'resourcesSet': {'items': [{'resourceId': 'pcx-0a1b2c3d4e5f60718'}]}, 'tagSet': {'items':"
          + " [{'key': 'peerway:cidrs'}]}";
  private static final String ALL_OFF =
      "'resourcesSet': {'items': [{'resourceId': 'pcx-0a1b2c3d4e5f60718'}]}";
  private static final String ROUTE =
      "'routeTableId': 'rtb-00000001', 'destinationCidrBlock': '10.110.0.0/16'";
  private static final String BY =
      "arn:aws:sts::123456789012:assumed-role/terraform/ci (Terraform) at 2026-11-23T08:00:00Z";

  private final World world = World.sample();
  private final FakeWorkflows workflows = new FakeWorkflows();
  private Instant now = Instant.parse("2026-11-23T08:00:30Z");

  @BeforeEach
  void connected() {
    Peering claimed =
        Samples.tagged(
            Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24");
    world.put(Samples.tagged(claimed, Tags.BY, "request"));
    for (int table = 1; table <= 3; table++) {
      for (var cidr : Samples.SERVICE_CIDRS) {
        world
            .hub()
            .apply(Samples.PEERING)
            .apply(
                new Change.AddRoute(
                    new RouteTableId("rtb-0000000" + table), cidr, Samples.PEERING));
      }
    }
    world.transcript().forget();
  }

  @ParameterizedTest
  @ValueSource(strings = {OFF, ALL_OFF})
  void tags_that_are_off_are_restored_and_told_once_a_day(String parameters) {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    assertThat(handle(1, "DeleteTags", parameters)).containsEntry("outcome", "started");
    assertThat(handle(2, "DeleteTags", parameters)).containsEntry("outcome", "started");
    now = now.plus(Duration.ofDays(1));
    assertThat(handle(3, "DeleteTags", parameters)).containsEntry("outcome", "started");
    assertThat(workflows.started())
        .containsExactly(
            "pcx-0a1b2c3d4e5f60718-untagged-2026-11-23",
            "pcx-0a1b2c3d4e5f60718-7b2c0000-0000-4000-8000-000000000002",
            "pcx-0a1b2c3d4e5f60718-untagged-2026-11-24");
    assertThat(workflows.mended()).extracting(Mending::tell).containsExactly(true, false, true);
    assertThat(workflows.mended()).allMatch(mending -> mending.tags());
    assertThat(workflows.mended()).allMatch(mending -> BY.equals(mending.by()));
  }

  @ParameterizedTest
  @CsvSource({"peerway:cidrs,nonsense", "peerway:by,somebody"})
  void tags_that_are_written_over_are_restored(String key, String value) {
    world.put(Samples.tagged(world.peering(Samples.PEERING), key, value));
    assertThat(handle(1, "CreateTags", OFF)).containsEntry("outcome", "started");
  }

  @Test
  void tags_that_are_there_again_ask_for_nothing() {
    assertThat(handle(1, "CreateTags", OFF)).containsEntry("outcome", "ignored");
    assertThat(workflows.started()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"REJECTED", "DELETED", "PENDING_ACCEPTANCE"})
  void what_is_over_or_not_let_in_yet_needs_no_tags(PeeringStatus status) {
    world.put(Samples.request(status));
    assertThat(handle(1, "DeleteTags", ALL_OFF)).containsEntry("outcome", "ignored");
  }

  @Test
  void a_claim_that_peerway_has_withdrawn_itself_is_left_so() {
    world.put(
        Samples.tagged(
            Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, ""), Tags.BY, "tag"));
    assertThat(handle(1, "CreateTags", OFF)).containsEntry("outcome", "ignored");
  }

  @Test
  void a_route_that_is_gone_is_restored() {
    remove();
    assertThat(handle(1, "DeleteRoute", ROUTE)).containsEntry("outcome", "started");
    assertThat(workflows.mended())
        .containsExactly(
            Mending.ofParts(
                "add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001", BY));
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: peering connections", "  hub: route tables of vpc-0aaaaaaaaaaaaaaaa");
  }

  @Test
  void a_route_to_anything_else_costs_one_read() {
    world.transcript().forget();
    assertThat(handle(1, "DeleteRoute", ROUTE.replace("10.110", "10.111")))
        .containsEntry("outcome", "ignored");
    assertThat(world.transcript().lines()).containsExactly("  hub: peering connections");
  }

  @Test
  void a_route_that_is_there_again_asks_for_nothing() {
    assertThat(handle(1, "DeleteRoute", ROUTE)).containsEntry("outcome", "ignored");
  }

  @Test
  void a_route_in_a_table_of_another_vpc_is_nobodys_business() {
    remove();
    assertThat(handle(1, "DeleteRoute", ROUTE.replace("rtb-00000001", "rtb-10000001")))
        .containsEntry("outcome", "ignored");
  }

  @Test
  void what_is_left_to_the_hourly_run_is_not_restored_at_once() {
    remove();
    world.put(
        Samples.tagged(world.peering(Samples.PEERING), Tags.RESTORED, "2026-11-23T08:00:00Z 4 e"));
    assertThat(handle(1, "DeleteRoute", ROUTE)).containsEntry("outcome", "ignored");
    now = now.plus(Duration.ofMinutes(31));
    // Somebody has to note that it goes on.
    assertThat(handle(1, "DeleteRoute", ROUTE)).containsEntry("outcome", "started");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Terraform/1.13.0 | Terraform/1 peerway/pcx-0a1b2c3d4e5f60718",
        "'eventName' | 'errorCode': 'Client.UnauthorizedOperation', 'eventName'",
        "'aws.ec2' | 'aws.ssm'",
        "DeleteRoute | CreateRoute",
        "'destinationCidrBlock': '10.110.0.0/16' | 'destinationIpv6CidrBlock': '::/0'"
      })
  void what_takes_nothing_away_is_ignored_without_a_call(String said, String instead) {
    remove();
    assertThat(answer(CALL.formatted(1, "DeleteRoute", ROUTE).replace(said, instead)))
        .containsEntry("outcome", "ignored");
    assertThat(world.transcript().lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rtb-00000001,rtb-", "10.110.0.0/16,10.110.0.0/99"})
  void what_cannot_be_read_is_malformed(String said, String instead) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> handle(1, "DeleteRoute", ROUTE.replace(said, instead)));
  }

  private void remove() {
    world
        .hub()
        .apply(Samples.PEERING)
        .apply(
            new Change.RemoveRoute(
                new RouteTableId("rtb-00000001"),
                Samples.SERVICE_CIDRS.getFirst(),
                Samples.PEERING));
    world.transcript().forget();
  }

  private Map<String, String> handle(int event, String name, String parameters) {
    return answer(CALL.formatted(event, name, parameters));
  }

  private Map<String, String> answer(String event) {
    return new RestoreHandler(
            FakeAws.with(world).workflows(workflows).clock(Clock.fixed(now, ZoneOffset.UTC)).aws())
        .handleRequest(Invoked.event(event), new TestContext());
  }

  @Test
  void one_event_may_take_the_tags_off_several() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    String two =
        ALL_OFF.replace(
            "}]}", "}, {'resourceId': 'pcx-0ffffffffffffffff'}, {'resourceId': 'vpc-00000001'}]}");
    assertThat(handle(1, "DeleteTags", two)).containsEntry("outcome", "started");
    assertThat(workflows.started()).isEqualTo(List.of("pcx-0a1b2c3d4e5f60718-untagged-2026-11-23"));
  }
}
