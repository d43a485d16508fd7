package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Functions;
import io.peerway.functions.Invoked;
import io.peerway.model.Membership;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NatCommandFailed;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.PendingRequests;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflow's own definition with every handler behind it, on a small AWS with real state. */
class ConnectTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  // Claim, accept, six routes at the hub, three at the service, one group, one NAT set, and what
  // the service's team reads.
  private static final int CHANGES = 14;

  private final World world = World.sample();
  private final FakeOrganization organization = FakeOrganization.sample(world.transcript());
  private final FakeVpnInstances vpn = new FakeVpnInstances(world.transcript());
  private Settings settings = Samples.settings();
  private Runnable waiting = world::settle;

  @Test
  void a_request_becomes_a_connection() {
    Execution execution = connect();
    assertThat(execution.path())
        .containsExactly(
            "Admit",
            "Admission",
            "IsNews",
            "Accept",
            "PeeringState",
            "WaitForPeering",
            "Accept",
            "PeeringState",
            "Join",
            "HubRoutes",
            "JoinService",
            "ApplyNat",
            "WaitForNat",
            "CheckNat",
            "NatState",
            "Verify",
            "AnyNews",
            "NotifyConnected");
    assertThat(execution.published())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.get("Subject").asText())
                  .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 connected");
              assertThat(message.at("/MessageAttributes/peeringId/StringValue").asText())
                  .isEqualTo("pcx-0a1b2c3d4e5f60718");
            });
    assertThat(world.transcript().changes()).hasSize(CHANGES);
    assertConnected();
  }

  @Test
  void a_second_run_changes_nothing_but_sends_the_same_nat_set_again_and_tells_nobody() {
    connect();
    world.transcript().forget();
    Execution second = execution();
    second.run();
    assertThat(second.path()).endsWith("AnyNews", "InForce");
    assertThat(second.published()).isEmpty();
    assertThat(world.transcript().changes())
        .containsExactly("VPN: translate [172.168.0.0/24] to [10.110.0.0/16, 10.120.0.0/24]");
  }

  @Test
  void a_route_made_before_ec2_throttled_the_next_is_not_made_again() {
    Runnable throttled =
        () -> {
          throw new Throttled("CreateRoute", new RuntimeException("RequestLimitExceeded"));
        };
    Iterator<Runnable> third = List.of(throttled).iterator();
    world
        .transcript()
        .beforeEachCall(
            () -> {
              if (hubRoutes() == 2 && third.hasNext()) {
                third.next().run();
              }
            });
    connect();
    assertThat(third).as("throttled").isExhausted();
    assertThat(hubRoutes()).isEqualTo(6);
    assertConnected();
  }

  private long hubRoutes() {
    return world.transcript().changes().stream()
        .filter(line -> line.startsWith("hub: add route"))
        .count();
  }

  @Test
  void a_slip_in_a_tag_is_told_once_besides_whatever_else_there_is_to_tell() {
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000001"),
            "default",
            List.of(),
            List.of(),
            Map.of(Tags.ALLOW, "tcp/22,http")));
    Execution first = connect();
    assertThat(first.path())
        .endsWith("Verify", "AnyNews", "NotifySlips", "OtherNews", "NotifyConnected");
    assertThat(first.published().getFirst().toString()).contains("sg-00000001", "http");
    // To another execution than that which has told it: here all have the same name.
    Peering told = world.peering(Samples.PEERING);
    String slips = told.tags().get(Tags.SLIPS);
    world.put(told.with(Tags.SLIPS, slips.substring(slips.indexOf(' ') + 1)));
    Execution again = execution();
    again.run();
    assertThat(again.path()).endsWith("AnyNews", "InForce");
  }

  @Test
  void with_a_chain_of_others_in_the_way_nobody_hears_connected_before_it_is_gone() {
    vpn.answering(set -> List.of(FakeVpnInstances.obstructed(World.vpnInstance(0).value(), set)));
    Execution first = connect();
    assertThat(first.path()).endsWith("Verify", "AnyNews", "NotifyObstructed");
    assertThat(first.published())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.toString()).contains("chain forward of table inet filter");
              assertThat(message.get("Subject").asText()).doesNotContain("connected");
              assertThat(message.at("/MessageAttributes/outcome/StringValue").asText())
                  .isEqualTo("obstructed");
            });

    Execution again = execution();
    again.run();
    assertThat(again.path()).endsWith("AnyNews", "Obstructed");
    assertThat(again.published()).isEmpty();

    vpn.answering(set -> List.of(FakeVpnInstances.applied(World.vpnInstance(0).value(), set)));
    Execution gone = execution();
    gone.run();
    assertThat(gone.path()).endsWith("AnyNews", "NotifyConnected");
    Execution last = execution();
    last.run();
    assertThat(last.path()).endsWith("AnyNews", "InForce");
  }

  static IntStream everyChange() {
    return IntStream.range(0, CHANGES - 1);
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("everyChange")
  void a_run_that_is_cut_off_is_completed_by_a_redrive(int changes) {
    world.cutOffAfter(changes);
    Execution execution = execution();
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(execution::run);
    world.mend();
    execution.redrive();
    assertConnected();
    assertThat(world.transcript().changes()).hasSize(CHANGES).doesNotHaveDuplicates();
  }

  // Behind the last two nothing is left to be done: the set is sent again by every run.
  static IntStream everyChangeBeforeTheSet() {
    return IntStream.range(0, CHANGES - 2);
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("everyChangeBeforeTheSet")
  void a_run_that_is_cut_off_is_completed_by_a_run_from_the_start(int changes) {
    world.cutOffAfter(changes);
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(() -> execution().run());
    world.mend();
    connect();
    assertConnected();
    assertThat(world.transcript().changes()).hasSize(CHANGES).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "before change {0}")
  @MethodSource("everyChange")
  void another_run_at_the_same_time_does_no_harm(int change) {
    world.beforeNextChange(() -> later(change));
    connect();
    assertConnected();
  }

  // The other run starts just before the given change of this one.
  private void later(int change) {
    if (change == 0) {
      connect();
    } else {
      world.beforeNextChange(() -> later(change - 1));
    }
  }

  @Test
  void a_missing_role_is_a_named_failure_that_a_redrive_completes() {
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution = execution();
    assertThatExceptionOfType(Denied.class).isThrownBy(execution::run);
    assertThat(world.transcript().changes()).isEmpty();
    world.open(Samples.SERVICE_ACCOUNT);
    execution.redrive();
    assertConnected();
  }

  @Test
  void a_full_route_table_is_a_named_failure_that_a_redrive_completes() {
    world.limitRoutes(2);
    Execution execution = execution();
    assertThatExceptionOfType(RouteTableFull.class).isThrownBy(execution::run);
    world.limitRoutes(50);
    execution.redrive();
    assertConnected();
  }

  @Test
  void a_failed_command_is_a_named_failure_and_a_redrive_sends_the_set_again() {
    vpn.answering(set -> List.of(new Answer("i-00000001", "Failed", "no nft here")));
    Execution execution = execution();
    assertThatExceptionOfType(NatCommandFailed.class).isThrownBy(execution::run);
    vpn.answering(set -> List.of(FakeVpnInstances.applied("i-00000001", set)));
    // The answer to the old command is still the failure.
    vpn.answering(
        set ->
            List.of(
                vpn.sent().size() == 1
                    ? new Answer("i-00000001", "Failed", "no nft here")
                    : FakeVpnInstances.applied("i-00000001", set)));
    execution.redrive();
    assertConnected();
    assertThat(vpn.sent()).hasSize(2);
  }

  @Test
  void a_stranger_is_rejected_and_everybody_is_told_why() {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    Execution execution = connect();
    assertThat(execution.path()).containsExactly("Admit", "Admission", "Reject", "NotifyRefused");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.REJECTED);
    assertThat(message(execution)).contains("RequesterInOrganisation", "210987654321", "rejected");
    assertThat(world.transcript().changes()).containsExactly("hub: reject pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void of_two_overlapping_requests_one_is_connected_and_one_is_rejected() {
    PeeringId later = Samples.OTHER_PEERING;
    Peering other = Samples.other(later, PeeringStatus.PENDING_ACCEPTANCE, "");
    world.put(new Vpc(Samples.OTHER_VPC, Samples.OTHER_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()));
    world.put(new Peering(later, other.status(), other.requester(), other.accepter(), Map.of()));
    // The later one has claimed the same addresses when the earlier one reads the claims, and goes
    // on only while the earlier one waits.
    world.beforeNextChange(
        () -> world.put(Samples.tagged(world.peering(later), Tags.CIDRS, "10.110.0.0/16")));
    Execution second = execution(later);
    waiting =
        () -> {
          waiting = world::settle;
          second.run();
        };
    Execution first = connect();

    assertThat(first.path()).endsWith("NotifyConnected");
    assertThat(second.path()).endsWith("RejectLate", "NotifyRefused");
    assertThat(message(second)).contains("10.110.0.0/16", "pcx-0a1b2c3d4e5f60718");
    assertConnected();
    assertThat(world.peering(later).status()).isEqualTo(PeeringStatus.REJECTED);
  }

  @Test
  void a_request_that_waits_for_approval_is_told_and_goes_on_after_the_tag() {
    settings = Samples.settings("APPROVAL", "manual");
    Execution execution = connect();
    assertThat(execution.path()).containsExactly("Admit", "Admission", "NotifyWaiting");
    assertThat(message(execution)).contains("peerway:decision=approve");
    // The scan does not have it told once more.
    assertThat(PendingRequests.undecided(new Complete<>(world.peerings()), settings)).isEmpty();
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "approve"));
    connect();
    assertConnected();
  }

  @Test
  void a_cidr_that_comes_after_the_approval_is_connected_once_a_person_has_named_it() {
    settings = Samples.settings("APPROVAL", "manual");
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "approve"));
    connect();
    Cidr later = new Cidr("10.130.0.0/16");
    List<Cidr> all = Stream.concat(Samples.SERVICE_CIDRS.stream(), Stream.of(later)).toList();
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, all, Map.of()));
    Execution execution = connect();
    assertThat(execution.published())
        .anyMatch(
            told ->
                told.get("Message").asText().contains("peerway:decision=approve 10.130.0.0/16"));
    assertConnected();

    world.put(
        Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "approve 10.130.0.0/16"));
    connect();
    assertThat(vpn.sent().getLast().services()).contains(later);
    assertThat(world.peering(Samples.PEERING).claim()).isEqualTo(all);
  }

  @Test
  void nothing_is_done_for_a_request_that_is_over() {
    world.put(Samples.request(PeeringStatus.EXPIRED));
    Execution execution = connect();
    assertThat(execution.path()).containsExactly("Admit", "Admission", "NothingToDo");
    assertThat(execution.published()).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  private void assertConnected() {
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.ACTIVE);
    for (Cidr cidr : Samples.SERVICE_CIDRS) {
      Route route = new Route(cidr, Samples.PEERING.value(), Route.State.ACTIVE);
      assertThat(world.tables(Samples.HUB_VPC))
          .allSatisfy(table -> assertThat(table.routes()).containsOnlyOnce(route));
    }
    Route back =
        new Route(Samples.HUB_CIDRS.getFirst(), Samples.PEERING.value(), Route.State.ACTIVE);
    assertThat(world.tables(Samples.SERVICE_VPC))
        .allSatisfy(table -> assertThat(table.routes()).containsOnlyOnce(back));
    assertThat(world.groups(Samples.SERVICE_VPC))
        .filteredOn(group -> group.tags().containsKey(Tags.HUB))
        .singleElement()
        .satisfies(group -> assertThat(group.ingress()).hasSize(1));
    assertThat(vpn.sent().getLast().services()).isEqualTo(Samples.SERVICE_CIDRS);
  }

  private static String message(Execution execution) {
    return execution.published().getLast().get("Message").asText();
  }

  private Execution connect() {
    Execution execution = execution();
    execution.run();
    return execution;
  }

  private Execution execution() {
    return execution(Samples.PEERING);
  }

  private Execution execution(PeeringId peering) {
    JsonNode input = Invoked.json("{'peeringId': '" + peering + "'}");
    return new Execution(
        Workflow.CONNECT.definition().machine(),
        Functions.of(settings, world, organization, vpn, CLOCK),
        () -> waiting.run(),
        input);
  }
}
