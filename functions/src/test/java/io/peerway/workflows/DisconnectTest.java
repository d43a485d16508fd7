package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Taking a connection away: afterwards both VPCs are as they were before it came. */
class DisconnectTest {

  // Claim, the service's tag, NAT set, six routes at the hub, peering, the service's tag, three
  // routes there, opening and group, the claim's tag.
  private static final int CHANGES = 17;
  private static final Route FOREIGN =
      new Route(new Cidr("10.99.0.0/16"), "tgw-0123456789abcdef0", Route.State.ACTIVE);
  private static final Route OTHERS =
      new Route(new Cidr("10.200.0.0/16"), Samples.OTHER_PEERING.value(), Route.State.ACTIVE);

  private final Machines machines = new Machines();
  private final World world = machines.world;
  private List<RouteTable> hubTables;
  private List<RouteTable> serviceTables;
  private List<SecurityGroup> groups;

  @BeforeEach
  void connectedByTag() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.200.0.0/16"));
    world.route(Samples.HUB_VPC, FOREIGN);
    world.route(Samples.HUB_VPC, OTHERS);
    world.route(Samples.SERVICE_VPC, FOREIGN);
    hubTables = world.tables(Samples.HUB_VPC);
    serviceTables = world.tables(Samples.SERVICE_VPC);
    groups = world.groups(Samples.SERVICE_VPC);
    tag(Map.of(Tags.CONNECT, "true"));
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(world.tables(Samples.HUB_VPC)).isNotEqualTo(hubTables);
    world.transcript().forget();
  }

  @Test
  void nothing_happens_to_a_connection_that_nothing_stands_against() {
    Execution execution = machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(execution.path()).containsExactly("Withdraw", "Withdrawal", "NothingToDo");
    assertThat(execution.published()).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void the_tag_taken_off_leaves_nothing_behind() {
    tag(Map.of());
    Execution execution = machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertGone();
    assertThat(world.transcript().changes())
        .hasSize(CHANGES)
        .startsWith(
            "hub: withdraw the claim of pcx-0a1b2c3d4e5f60718",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says ending",
            "VPN: translate [172.168.0.0/24] to [10.200.0.0/16]")
        .containsSubsequence(
            "hub: remove route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-00000001",
            "hub: delete pcx-0a1b2c3d4e5f60718",
            "210987654321: remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000001")
        .endsWith("hub: close pcx-0a1b2c3d4e5f60718");
    assertThat(execution.published())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.get("Message").asText())
                    .contains("vpc-0bbbbbbbbbbbbbbbb no longer has the tag"));
  }

  @Test
  void a_second_run_changes_nothing_but_sends_the_same_nat_set_again() {
    tag(Map.of());
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    world.transcript().forget();
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(world.transcript().changes())
        .containsExactly("VPN: translate [172.168.0.0/24] to [10.200.0.0/16]");
    assertGone();
  }

  static IntStream everyChange() {
    return IntStream.range(0, CHANGES - 1);
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("everyChange")
  void a_run_that_is_cut_off_is_completed_by_a_redrive(int changes) {
    tag(Map.of());
    world.cutOffAfter(changes);
    Execution execution = machines.of(Workflow.DISCONNECT, Samples.PEERING);
    cutOff(execution);
    world.mend();
    execution.redrive();
    assertGone();
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("everyChange")
  void a_run_that_is_cut_off_is_completed_by_the_next_look_at_the_account(int changes) {
    tag(Map.of());
    world.cutOffAfter(changes);
    cutOff(machines.of(Workflow.DISCONNECT, Samples.PEERING));
    world.mend();
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertGone();
  }

  @ParameterizedTest(name = "before change {0}")
  @MethodSource("everyChange")
  void another_run_at_the_same_time_does_no_harm(int change) {
    tag(Map.of());
    world.beforeNextChange(() -> later(change));
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertGone();
  }

  private void later(int change) {
    if (change == 0) {
      machines.run(Workflow.DISCONNECT, Samples.PEERING);
    } else {
      world.beforeNextChange(() -> later(change - 1));
    }
  }

  @Test
  void a_closed_account_is_not_entered_and_the_hub_is_as_it_was() {
    machines.organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(false));
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution = machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertTheHubHasEnded();
    assertThat(execution.published())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.get("Message").asText())
                    .contains("left in the service account")
                    .contains("its routes (Denied), our security group and openings (Denied)"));
  }

  static Stream<PeerwayException> failures() {
    Throwable cause = new IllegalStateException();
    return Stream.of(
        new RefusedByAws("OptInRequired", cause),
        new NotYetVisible("not yet", cause),
        new Throttled("RequestLimitExceeded", cause),
        new Unavailable("no answer", cause));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_service_account_that_does_not_answer_holds_up_only_what_is_in_it(PeerwayException e) {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    world.fail(Samples.SERVICE_ACCOUNT, () -> e);
    Execution execution = machines.of(Workflow.DISCONNECT, Samples.PEERING);
    assertThatThrownBy(execution::run).isSameAs(e);
    assertThat(execution.published()).isEmpty();
    assertTheHubHasEnded();
    world.open(Samples.SERVICE_ACCOUNT);
    execution.redrive();
    assertGone();
    assertThat(execution.published()).hasSize(1);
  }

  private void assertTheHubHasEnded() {
    assertThat(world.tables(Samples.HUB_VPC)).isEqualTo(hubTables);
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
    assertThat(machines.vpn.sent().getLast().services()).isEqualTo(Cidr.list("10.200.0.0/16"));
  }

  @Test
  void a_peering_that_somebody_deleted_leaves_no_blackhole() {
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.DELETED));
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertGone();
    assertThat(world.transcript().changes()).noneMatch(change -> change.contains(": delete pcx"));
  }

  @Test
  void a_pending_request_of_an_account_that_may_not_connect_is_rejected() {
    Peering pending = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    world.put(pending);
    machines.organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(false));
    world.close(Samples.SERVICE_ACCOUNT);
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.REJECTED);
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("everyChange")
  void what_people_had_asked_for_and_was_cut_off_is_ended_within_the_hour(int changes) {
    askedForByPeopleAndMovedOut();
    world.cutOffAfter(changes);
    cutOff(machines.of(Workflow.DISCONNECT, Samples.PEERING));
    world.mend();
    // A look at the account ends what has a peering connection still, the hourly run the rest.
    machines.look(Samples.SERVICE_ACCOUNT);
    if (world.peering(Samples.PEERING).isHalfGone()) {
      assertThat(machines.reconcile("{'accounts': 'connected'}").output().get("changes"))
          .anyMatch(
              line ->
                  line.asText()
                      .startsWith(
                          "pcx-0a1b2c3d4e5f60718: disconnect, because the peering connection is"
                              + " deleted"));
      machines.run(Workflow.DISCONNECT, Samples.PEERING);
    }
    assertGone();
    assertThat(world.peering(Samples.PEERING).isHalfGone()).isFalse();
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("everyChange")
  void what_people_had_asked_for_and_was_cut_off_is_ended_by_reconcile(int changes) {
    askedForByPeopleAndMovedOut();
    world.cutOffAfter(changes);
    cutOff(machines.of(Workflow.DISCONNECT, Samples.PEERING));
    world.mend();
    machines.reconcile("{'mode': 'repair', 'only': '" + Samples.PEERING + "'}");
    assertGone();
  }

  @Test
  void what_was_cut_off_and_may_not_come_back_is_ended_by_the_next_look() {
    askedForByPeopleAndMovedOut();
    world.cutOffAfter(1);
    cutOff(machines.of(Workflow.DISCONNECT, Samples.PEERING));
    world.mend();
    // Back in the unit, but its addresses are another's by now.
    machines.settings = Samples.settings();
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/16"));
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
    assertThat(world.tables(Samples.HUB_VPC)).isEqualTo(hubTables);
    assertThat(world.tables(Samples.SERVICE_VPC)).isEqualTo(serviceTables);
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(groups);
  }

  private void askedForByPeopleAndMovedOut() {
    tag(Map.of());
    world.put(Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    machines.run(Workflow.CONNECT, Samples.PEERING);
    machines.settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
  }

  @Test
  void what_people_accepted_against_the_rules_is_left_with_its_routes_and_all() {
    Peering byHand = Samples.request(PeeringStatus.ACTIVE);
    world.put(byHand);
    machines.settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    machines.look(Samples.SERVICE_ACCOUNT);
    machines.run(Workflow.CONNECT, Samples.PEERING);
    machines.reconcile("{'mode': 'repair', 'only': '" + Samples.PEERING + "'}");
    assertThat(world.peering(Samples.PEERING)).isEqualTo(byHand);
    assertThat(world.transcript().changes()).allMatch(change -> change.startsWith("VPN:"));
  }

  private static void cutOff(Execution execution) {
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(execution::run);
  }

  private void assertGone() {
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
    assertThat(world.tables(Samples.HUB_VPC)).isEqualTo(hubTables);
    assertThat(world.tables(Samples.SERVICE_VPC)).isEqualTo(serviceTables);
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(groups);
    assertThat(machines.vpn.sent().getLast().services()).isEqualTo(Cidr.list("10.200.0.0/16"));
  }

  private void tag(Map<String, String> tags) {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags));
  }
}
