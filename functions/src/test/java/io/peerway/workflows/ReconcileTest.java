package io.peerway.workflows;

import static io.peerway.functions.Invoked.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.model.Membership;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Change;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.EventRecord;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From drift to a report, and from there to a repair. */
class ReconcileTest {
  private static final String PLAN = "{'mode': 'plan', 'accounts': 'connected'}";
  private static final String REPAIR = "{'mode': 'repair', 'accounts': 'connected'}";
  private static final String ALL = "{'mode': 'repair', 'accounts': 'all'}";

  private final Machines machines = new Machines();
  private final World world = machines.world;

  @BeforeEach
  void connected() {
    local(Samples.HUB_VPC, Samples.HUB_CIDRS);
    local(Samples.SERVICE_VPC, Samples.SERVICE_CIDRS);
    machines.run(Workflow.CONNECT, Samples.PEERING);
    world.transcript().forget();
  }

  @Test
  void no_drift_changes_nothing_and_reads_little() {
    Execution execution = machines.reconcile(REPAIR);
    assertThat(execution.path())
        .containsExactly(
            "Start",
            "ReadHub",
            "CheckAccounts",
            "CheckAccount",
            "VpnAsked",
            "CheckVpn",
            "VpnAnswered",
            "Report",
            "Mode",
            "NatDrifted",
            "Repair",
            "WhatIsLeft",
            "Done");
    assertThat(world.transcript().changes()).isEmpty();
    // Six calls in the hub account; a session and two reads in the service account.
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: peering connections",
            "  hub: route tables of vpc-0aaaaaaaaaaaaaaaa",
            "  hub: vpc-0aaaaaaaaaaaaaaaa",
            "  hub: VPN instances of vpc-0aaaaaaaaaaaaaaaa",
            "  hub: network ACLs of [vpc-0aaaaaaaaaaaaaaaa]",
            "  VPN: what is in force",
            "  210987654321: route tables of [vpc-0bbbbbbbbbbbbbbbb]",
            "  210987654321: security groups of [vpc-0bbbbbbbbbbbbbbbb]",
            "  210987654321: network ACLs of [vpc-0bbbbbbbbbbbbbbbb]",
            "  VPN: answers to question-1");
    assertThat(execution.output().at("/seen/vpn/0/instance").asText()).isEqualTo("i-00000001");
    ObjectNode output = execution.output().deepCopy();
    output.remove("seen");
    assertThat(output)
        .isEqualTo(
            json(
                """
                {'mode': 'repair', 'extent': 'connected',
                 'summary': '0 of 1 connection has drifted, 0 unknown, 0 left alone',
                 'changes': [], 'unknown': [], 'leftAlone': [], 'todo': [], 'heldBack': [], 'repaired': []}"""));
    assertThat(execution.published()).isEmpty();
  }

  @Test
  void without_drift_the_hourly_run_makes_seven_calls_and_three_for_each_account_and_region() {
    threeConnectionsOfTwoAccounts();
    assertNothingFound(machines.reconcile(REPAIR));
    assertThat(callsBy("hub", "VPN")).isEqualTo(7);
    assertThat(callsBy("210987654321")).isEqualTo(3);
    assertThat(callsBy("345678901234")).isEqualTo(3);
    assertThat(world.transcript().lines()).hasSize(7 + 3 + 3);
    // AssumeRole comes on top.
    assertThat(world.sessions()).containsExactly(Samples.SERVICE_ACCOUNT, Samples.OTHER_ACCOUNT);
  }

  @Test
  void without_drift_the_daily_run_also_lists_the_accounts_and_each_ones_vpcs() {
    threeConnectionsOfTwoAccounts();
    machines.organization.put(new AccountId("456789012345"), FakeOrganization.member(true));
    machines.organization.put(Samples.HUB_ACCOUNT, FakeOrganization.member(true));
    machines.settings = Samples.settings("SERVICE_REGIONS", "eu-west-1,eu-central-1");
    assertNothingFound(machines.reconcile("{'mode': 'repair', 'accounts': 'all'}"));
    assertThat(callsBy("hub", "VPN")).isEqualTo(7);
    assertThat(callsBy("organisation")).isEqualTo(1);
    // In each of the two Regions the VPCs, and where there are any, route tables and groups; in the
    // one with a connection the network ACLs.
    assertThat(callsBy("210987654321")).isEqualTo(2 * 3 + 1);
    assertThat(callsBy("345678901234")).isEqualTo(2 * 3 + 1);
    assertThat(callsBy("456789012345")).isEqualTo(2);
    assertThat(world.transcript().lines()).hasSize(7 + 1 + 7 + 7 + 2);
    assertThat(world.sessions())
        .containsExactly(
            Samples.SERVICE_ACCOUNT, Samples.OTHER_ACCOUNT, new AccountId("456789012345"));
  }

  @Test
  void where_units_count_the_daily_run_asks_for_those_of_connected_accounts() {
    threeConnectionsOfTwoAccounts();
    for (AccountId account : List.of(Samples.SERVICE_ACCOUNT, Samples.OTHER_ACCOUNT)) {
      machines.organization.put(
          account, new Membership.Member(Samples.ORGANIZATION, true, List.of("ou-abcd-11111111")));
    }
    machines.settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    assertNothingFound(machines.reconcile("{'mode': 'repair', 'accounts': 'all'}"));
    assertThat(world.transcript().lines())
        .filteredOn(line -> line.startsWith("  organisation: "))
        .containsExactly(
            "  organisation: accounts",
            "  organisation: units of account 210987654321",
            "  organisation: units of account 345678901234");
  }

  /** One account has two of them. */
  private void threeConnectionsOfTwoAccounts() {
    connection(2, Samples.SERVICE_ACCOUNT);
    connection(3, Samples.OTHER_ACCOUNT);
    world.transcript().forget();
    world.forgetSessions();
  }

  private void connection(int n, AccountId account) {
    VpcId vpc = new VpcId("vpc-0000000" + n);
    PeeringId peering = new PeeringId("pcx-0000000" + n);
    List<Cidr> cidrs = Cidr.list("10.20%d.0.0/16".formatted(n));
    world.put(new Vpc(vpc, account, cidrs, Map.of()));
    world.put(new RouteTable(new RouteTableId("rtb-2000000" + n), vpc, List.of(), Map.of()));
    local(vpc, cidrs);
    world.put(
        new Peering(
            peering,
            PeeringStatus.PENDING_ACCEPTANCE,
            new VpcSide(account, Samples.REGION, vpc, List.of()),
            Samples.hubSide(),
            Map.of()));
    machines.run(Workflow.CONNECT, peering);
  }

  private long callsBy(String... who) {
    return world.transcript().lines().stream()
        .filter(line -> Stream.of(who).anyMatch(name -> line.startsWith("  " + name + ": ")))
        .count();
  }

  @Test
  void a_vpc_whose_local_routes_lead_through_an_appliance_stays_and_costs_one_read_more() {
    for (RouteTable table : world.tables(Samples.SERVICE_VPC)) {
      List<Route> routes =
          table.routes().stream()
              .map(
                  route ->
                      route.target().equals("local")
                          ? new Route(route.destination(), "eni-0123456789abcdef0", route.state())
                          : route)
              .toList();
      world.put(new RouteTable(table.id(), table.vpc(), routes, table.tags()));
    }
    Execution execution = machines.reconcile(REPAIR);
    assertNothingFound(execution);
    assertThat(world.transcript().lines())
        .filteredOn(line -> line.startsWith("  210987654321: "))
        .hasSize(4)
        .last()
        .isEqualTo("  210987654321: VPCs");
  }

  // ---- what was left ---------------------------------------------------------------------------

  @Test
  void what_an_account_did_not_let_go_is_taken_away_once_it_can_be_entered_again() {
    disconnectedWithoutItsAccount();
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(2);
    // The hourly run enters only accounts that have a connection.
    assertNothingFound(machines.reconcile(REPAIR));

    Execution execution = machines.reconcile(ALL);
    assertThat(lines(execution, "changes"))
        .hasSize(5)
        .allMatch(line -> line.startsWith("left in vpc-0bbbbbbbbbbbbbbbb: "));
    assertThat(execution.output().get("summary").asText()).contains("1 VPC to be left");
    assertThat(execution.output().get("repaired"))
        .isEqualTo(
            json(
                "[{'at': 'left in vpc-0bbbbbbbbbbbbbbbb', 'kind': 'LEAVE', 'state': 'SUCCEEDED'}]"));
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(1);
    assertThat(world.tables(Samples.SERVICE_VPC))
        .allSatisfy(
            table ->
                assertThat(table.routes()).noneMatch(route -> route.target().startsWith("pcx-")));
    assertNothingFound(machines.reconcile(ALL));
  }

  @Test
  void a_plan_only_says_what_was_left() {
    disconnectedWithoutItsAccount();
    world.transcript().forget();
    Execution execution = machines.reconcile("{'mode': 'plan', 'accounts': 'all'}");
    assertThat(lines(execution, "changes")).hasSize(5);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_group_that_is_still_in_use_is_found_by_every_daily_run_until_it_is_not() {
    disconnectedWithoutItsAccount();
    world.useGroups(true);
    assertThat(machines.reconcile(ALL).output().at("/repaired/0/error").asText()).isEqualTo("Left");
    assertThat(lines(machines.reconcile(ALL), "changes"))
        .containsExactly(
            "left in vpc-0bbbbbbbbbbbbbbbb: delete security group sg-00000101, since before"
                + " 2026-11-23T08:00:00Z");
    world.useGroups(false);
    machines.reconcile(ALL);
    assertNothingFound(machines.reconcile(ALL));
  }

  @Test
  void an_account_that_still_refuses_is_asked_again_by_the_next_daily_run() {
    disconnectedWithoutItsAccount();
    world.refuse(Change.RemoveRoute.class);
    assertThat(machines.reconcile(ALL).output().at("/repaired/0/error").asText()).isEqualTo("Left");
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(1);
    world.open(Samples.SERVICE_ACCOUNT);
    machines.reconcile(ALL);
    assertNothingFound(machines.reconcile(ALL));
  }

  @Test
  void what_is_in_the_way_of_a_live_connection_is_taken_away_within_the_hour() {
    Route old = new Route(Samples.HUB_CIDRS.getFirst(), "pcx-00000009", Route.State.BLACKHOLE);
    for (RouteTable table : world.tables(Samples.SERVICE_VPC)) {
      List<Route> routes = new ArrayList<>(table.routes());
      routes.removeIf(route -> route.destination().equals(old.destination()));
      routes.add(old);
      world.put(new RouteTable(table.id(), table.vpc(), routes, table.tags()));
    }
    machines.reconcile(REPAIR);
    machines.reconcile(REPAIR);
    assertNothingFound(machines.reconcile(REPAIR));
  }

  @Test
  void a_dead_route_that_was_somebody_elses_stays() {
    Peering others =
        new Peering(
            new PeeringId("pcx-00000009"),
            PeeringStatus.DELETED,
            Samples.serviceSide(),
            new VpcSide(
                Samples.OTHER_ACCOUNT,
                Samples.REGION,
                new VpcId("vpc-0eeeeeeeeeeeeeeee"),
                List.of()),
            Map.of());
    world.put(others);
    RouteTable table = world.tables(Samples.SERVICE_VPC).getFirst();
    Route dead =
        new Route(Samples.HUB_CIDRS.getFirst(), others.id().value(), Route.State.BLACKHOLE);
    disconnectedWithoutItsAccount();
    world.put(new RouteTable(table.id(), table.vpc(), List.of(dead), Map.of()));
    machines.reconcile(ALL);
    assertThat(world.tables(Samples.SERVICE_VPC).getFirst().routes()).containsExactly(dead);
    assertNothingFound(machines.reconcile(ALL));
  }

  private void disconnectedWithoutItsAccount() {
    machines.organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(true));
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    world.close(Samples.SERVICE_ACCOUNT);
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
    world.open(Samples.SERVICE_ACCOUNT);
    // What its team reads is not looked at here.
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            world.vpc(Samples.SERVICE_VPC).cidrs(),
            Map.of()));
  }

  // ---- how repairs end -------------------------------------------------------------------------

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(
            "{'Error': 'io.peerway.model.error.Throttled', 'Cause': 'x', 'Status': 'FAILED'}",
            "io.peerway.model.error.Throttled"),
        // It has no error then.
        Arguments.of("{'Status': 'TIMED_OUT'}", "TIMED_OUT"),
        Arguments.of("{}", "States.TaskFailed"),
        Arguments.of("no answer", "States.TaskFailed"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void a_repair_that_failed_says_what_its_execution_has_failed_of(
      String description, String error) {
    drift();
    Execution execution =
        machines.of(
            Workflow.RECONCILE,
            REPAIR,
            started -> {
              throw new Execution.NestedFailed(description.replace('\'', '"'));
            });
    execution.run();
    assertThat(execution.output().get("repaired"))
        .isEqualTo(
            json(
                "[{'at': 'pcx-0a1b2c3d4e5f60718', 'kind': 'CONNECT', 'state': 'FAILED', 'error': '%s'}]"
                    .formatted(error)));
  }

  // ---- what AWS refuses -------------------------------------------------------------------------

  private static final RefusedByAws REFUSED =
      new RefusedByAws("as ordered by the test", new IllegalStateException("IncompleteSignature"));

  /** The same drift of connections of two accounts in the same world, and nothing refused. */
  private static Execution undisturbed(String input) {
    ReconcileTest twin = new ReconcileTest();
    twin.connected();
    twin.driftOfTwoAccounts();
    Execution execution = twin.waiting(input);
    execution.run();
    return execution;
  }

  private void driftOfTwoAccounts() {
    threeConnectionsOfTwoAccounts();
    drift();
    without(
        world.tables(new VpcId("vpc-00000003")).getFirst(), Samples.HUB_CIDRS.getFirst().value());
  }

  /** Not yet run; what it starts is run while it waits. */
  private Execution waiting(String input) {
    return machines.of(Workflow.RECONCILE, input, this::runs);
  }

  private boolean runs(JsonNode started) {
    machines.run(Workflow.CONNECT, peering(started));
    return true;
  }

  private static PeeringId peering(JsonNode started) {
    return new PeeringId(started.at("/Input/peeringId").asText());
  }

  @ParameterizedTest
  @CsvSource({"210987654321, 345678901234", "345678901234, 210987654321"})
  void where_aws_refuses_to_show_an_account_the_others_are_repaired_and_a_redrive_does_the_rest(
      AccountId refused, AccountId other) {
    driftOfTwoAccounts();
    world.fail(refused, () -> REFUSED);
    Execution execution = waiting(REPAIR);
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(execution::run);
    assertThat(execution.path())
        .endsWith("CheckAgain", "CheckAccounts")
        .containsOnlyOnce("ApplyNat", "Repair")
        .doesNotContain("Notify");
    assertThat(execution.started())
        .extracting(started -> account(peering(started)))
        .containsExactly(other);
    assertThat(execution.published()).isEmpty();

    world.open(refused);
    execution.redrive();
    Execution undisturbed = undisturbed(REPAIR);
    assertThat(execution.output()).isEqualTo(undisturbed.output());
    assertThat(execution.published()).hasSize(1).isEqualTo(undisturbed.published());
    assertThat(execution.path()).containsOnlyOnce("ApplyNat");
    assertThat(execution.started()).hasSize(2);
    assertNothingFound(machines.reconcile(PLAN));
  }

  private AccountId account(PeeringId peering) {
    return world.peering(peering).requester().account();
  }

  @Test
  void what_aws_refuses_once_nobody_hears_of() {
    driftOfTwoAccounts();
    int[] asked = {0};
    world.fail(
        Samples.OTHER_ACCOUNT,
        () -> {
          world.open(Samples.OTHER_ACCOUNT);
          asked[0]++;
          return REFUSED;
        });
    Execution execution = waiting(REPAIR);
    execution.run();
    assertThat(asked[0]).isEqualTo(1);
    assertAsUndisturbed(execution);
  }

  @Test
  void a_plan_fails_as_well_with_what_aws_refuses_and_can_be_redriven() {
    driftOfTwoAccounts();
    world.fail(Samples.OTHER_ACCOUNT, () -> REFUSED);
    Execution execution = waiting(PLAN);
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(execution::run);
    world.open(Samples.OTHER_ACCOUNT);
    execution.redrive();
    assertThat(execution.output()).isEqualTo(undisturbed(PLAN).output());
    assertThat(execution.output().has("repaired")).isFalse();
    assertThat(execution.started()).isEmpty();
  }

  @Test
  void an_account_that_is_throttled_when_it_is_checked_again_is_unknown() {
    driftOfTwoAccounts();
    world.fail(
        Samples.OTHER_ACCOUNT,
        () -> {
          world.fail(Samples.OTHER_ACCOUNT, () -> new Throttled("read", new RuntimeException()));
          return REFUSED;
        });
    Execution execution = waiting(REPAIR);
    execution.run();
    assertThat(execution.path()).contains("CheckAgain", "NotChecked");
    assertThat(lines(execution, "unknown"))
        .contains(
            "pcx-00000003: its account could not be checked:"
                + " io.peerway.model.error.Throttled");
    assertThat(execution.started()).hasSize(1);
  }

  @Test
  void a_region_that_does_not_answer_is_unknown_and_fails_nothing() {
    driftOfTwoAccounts();
    world.fail(Samples.OTHER_ACCOUNT, () -> new Unavailable("read", new RuntimeException()));
    Execution execution = waiting(REPAIR);
    execution.run();
    assertThat(lines(execution, "unknown")).contains("pcx-00000003: read");
    assertThat(execution.started()).hasSize(1);
  }

  @Test
  void of_accounts_that_are_checked_together_only_the_one_that_aws_refuses_is_checked_again() {
    AccountId refused = new AccountId("345678901230");
    machines.organization.put(refused, FakeOrganization.member(true));
    world.fail(refused, () -> REFUSED);
    VpcId vpc = tagged("vpc-00000004", Samples.OTHER_ACCOUNT, "10.204.0.0/16");
    Execution execution = waiting(ALL);
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(execution::run);
    assertThat(execution.started()).hasSize(1);
    assertThat(machines.vpn.sent().getLast().services()).contains(new Cidr("10.204.0.0/16"));
    world.open(refused);
    execution.redrive();
    assertThat(execution.output().at("/repaired/0/at").asText()).isEqualTo(vpc.value());
    assertThat(lines(execution, "leftAlone")).isEmpty();
  }

  private void assertAsUndisturbed(Execution execution) {
    Execution undisturbed = undisturbed(REPAIR);
    assertThat(execution.output()).isEqualTo(undisturbed.output());
    assertThat(execution.published()).isEqualTo(undisturbed.published());
  }

  private VpcId tagged(String id, AccountId account, String cidr) {
    VpcId vpc = new VpcId(id);
    world.put(new Vpc(vpc, account, Cidr.list(cidr), Map.of(Tags.CONNECT, "true")));
    return vpc;
  }

  @Test
  void a_repair_that_cannot_be_begun_fails_the_run_when_all_others_are_done() {
    driftOfTwoAccounts();
    boolean[] refuses = {true};
    Execution execution =
        machines.of(
            Workflow.RECONCILE,
            REPAIR,
            started -> {
              if (refuses[0] && peering(started).equals(Samples.PEERING)) {
                throw new Execution.Refused("StepFunctions.InternalErrorException");
              }
              return runs(started);
            });
    assertThatExceptionOfType(Execution.Refused.class).isThrownBy(execution::run);
    assertThat(execution.path()).endsWith("Notify", "AnythingRepaired", "RepairAgain", "Repair");
    assertThat(execution.started())
        .extracting(ReconcileTest::peering)
        .containsExactly(new PeeringId("pcx-00000003"));
    refuses[0] = false;
    execution.redrive();
    assertAsUndisturbed(execution);
    assertNothingFound(machines.reconcile(PLAN));
  }

  @Test
  void a_repair_that_has_begun_although_nobody_answered_is_not_run_again() {
    drift();
    boolean[] begun = {false};
    Execution execution =
        machines.of(
            Workflow.RECONCILE,
            REPAIR,
            started -> {
              if (begun[0]) {
                return false;
              }
              begun[0] = runs(started);
              throw new Execution.Refused("StepFunctions.InternalErrorException");
            });
    execution.run();
    assertThat(execution.output().get("repaired"))
        .isEqualTo(
            json("[{'at': 'pcx-0a1b2c3d4e5f60718', 'kind': 'CONNECT', 'state': 'STARTED'}]"));
    assertNothingFound(machines.reconcile(PLAN));
  }

  @Test
  void a_run_that_cannot_be_waited_for_tells_its_end_itself() {
    drift();
    int[] asked = {0};
    Execution execution =
        machines.of(
            Workflow.RECONCILE,
            REPAIR,
            started -> {
              asked[0]++;
              if (asked[0] != 2) {
                throw new Execution.Refused("StepFunctions.InternalErrorException");
              }
              return runs(started);
            });
    execution.run();
    assertThat(execution.output().at("/repaired/0/state").asText()).isEqualTo("STARTED");
    assertThat(asked[0]).isEqualTo(3);
  }

  @Test
  void an_end_that_cannot_be_begun_is_tried_again_as_well() {
    machines.organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(false));
    world.close(Samples.SERVICE_ACCOUNT);
    boolean[] refuses = {true};
    Execution execution =
        machines.of(
            Workflow.RECONCILE,
            REPAIR,
            started -> {
              if (refuses[0]) {
                throw new Execution.Refused("StepFunctions.InternalErrorException");
              }
              return true;
            });
    assertThatExceptionOfType(Execution.Refused.class).isThrownBy(execution::run);
    refuses[0] = false;
    execution.redrive();
    assertThat(execution.path()).contains("DisconnectAgain", "Disconnect");
    assertThat(execution.output().at("/repaired/0/state").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_request_that_aws_refuses_fails_the_run_when_all_others_are_done() {
    drift();
    VpcId vpc = tagged("vpc-00000004", Samples.OTHER_ACCOUNT, "10.204.0.0/16");
    world.failRequests(vpc, () -> REFUSED);
    Execution execution = waiting(ALL);
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(execution::run);
    assertThat(execution.published()).hasSize(1);
    assertThat(execution.started()).extracting(ReconcileTest::peering).contains(Samples.PEERING);
    world.open(vpc);
    execution.redrive();
    assertThat(execution.path()).contains("RequestPeeringAgain", "ConnectAgain");
    assertThat(execution.published()).hasSize(1);
    assertThat(execution.output().get("repaired"))
        .hasSize(2)
        .allMatch(repaired -> repaired.get("state").asText().equals("SUCCEEDED"));
    assertNothingFound(machines.reconcile("{'mode': 'plan'}"));
  }

  @Test
  void a_request_that_its_owner_does_not_let_us_make_is_not_repaired_and_fails_nothing() {
    VpcId vpc = tagged("vpc-00000004", Samples.OTHER_ACCOUNT, "10.204.0.0/16");
    world.failRequests(vpc, () -> new NotYetOpen("ask", new RuntimeException()));
    assertThat(machines.reconcile(ALL).output().get("repaired"))
        .isEqualTo(
            json(
                "[{'at': 'vpc-00000004', 'kind': 'REQUEST', 'state': 'FAILED',"
                    + " 'error': 'io.peerway.model.error.NotYetOpen'}]"));
  }

  @Test
  void leftovers_that_aws_does_not_let_go_are_taken_away_when_all_others_are_done() {
    disconnectedWithoutItsAccount();
    refuseNextChange(2);
    Execution execution = waiting(ALL);
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(execution::run);
    assertThat(execution.path()).endsWith("RepairAgain", "Repair");
    execution.redrive();
    assertThat(execution.output().at("/repaired/0/state").asText()).isEqualTo("SUCCEEDED");
    assertNothingFound(machines.reconcile(ALL));
  }

  private void refuseNextChange(int times) {
    if (times > 0) {
      world.beforeNextChange(
          () -> {
            refuseNextChange(times - 1);
            throw REFUSED;
          });
    }
  }

  @Test
  void a_connection_that_came_while_leftovers_were_taken_away_is_connected_even_if_tried_twice() {
    disconnectedWithoutItsAccount();
    Peering came =
        new Peering(
            new PeeringId("pcx-00000009"),
            PeeringStatus.ACTIVE,
            Samples.serviceSide(),
            Samples.hubSide(),
            Map.of());
    world.beforeNextChange(() -> world.put(came));
    List<PeeringId> asked = new ArrayList<>();
    Execution execution =
        machines.of(
            Workflow.RECONCILE,
            ALL,
            started -> {
              asked.add(peering(started));
              if (asked.size() == 1) {
                throw new Execution.Refused("StepFunctions.InternalErrorException");
              }
              return true;
            });
    execution.run();
    assertThat(execution.path()).contains("Came", "ConnectAgain").containsOnlyOnce("Leaving");
    assertThat(asked).hasSize(3).containsOnly(came.id());
    assertThat(execution.output().get("repaired"))
        .isEqualTo(
            json(
                "[{'at': 'left in vpc-0bbbbbbbbbbbbbbbb', 'kind': 'CONNECT', 'state': 'SUCCEEDED'}]"));
  }

  @Test
  void what_others_have_in_the_way_is_left_alone_and_the_rest_is_mended() {
    drift();
    world.route(
        Samples.SERVICE_VPC,
        new Route(new Cidr("10.100.0.0/24"), "tgw-0123456789abcdef0", Route.State.ACTIVE));
    world.put(
        new NetworkAcl("acl-00000001", Samples.HUB_VPC, List.of(World.VPN_SUBNET), List.of()));
    Execution execution = machines.reconcile(REPAIR);
    assertThat(lines(execution, "leftAlone"))
        .contains(
            "pcx-0a1b2c3d4e5f60718: rtb-10000001 of vpc-0bbbbbbbbbbbbbbbb has 10.100.0.0/24 ->"
                + " tgw-0123456789abcdef0, narrower than 10.100.0.0/16: 10.100.0.0/24 does not go"
                + " through the peering connection",
            "pcx-0a1b2c3d4e5f60718: acl-00000001 of subnet-00000001: rule * denies tcp/22 outbound"
                + " to 10.110.0.0/16, 10.120.0.0/24");
    assertThat(lines(execution, "changes")).isNotEmpty();
    assertThat(lines(machines.reconcile(PLAN), "changes"))
        .as("all that is ours is mended")
        .isEmpty();
  }

  @Test
  void a_plan_says_each_change_in_one_line_and_makes_none() {
    drift();
    Execution execution = machines.reconcile(PLAN);
    assertThat(world.transcript().changes()).isEmpty();
    assertThat(lines(execution, "changes"))
        .containsExactly(
            "VPN instance i-00000001: translate [172.168.0.0/24] to [10.110.0.0/16, 10.120.0.0/24]"
                + " (again), since before 2026-11-23T08:00:00Z",
            "pcx-0a1b2c3d4e5f60718: add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to"
                + " rtb-00000001, since before 2026-11-23T08:00:00Z",
            "pcx-0a1b2c3d4e5f60718: add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to"
                + " rtb-10000003, since before 2026-11-23T08:00:00Z");
    assertThat(execution.output().at("/todo/0/kind").asText()).isEqualTo("CONNECT");
    assertThat(execution.output().get("todo")).hasSize(1);
    assertThat(execution.published())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.get("Message").asText())
                    .contains("1 of 1 connection has drifted", "Would be changed:"));
  }

  // ---- who did it ------------------------------------------------------------------------------

  private static final String HUB_LINE =
      "pcx-0a1b2c3d4e5f60718: add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001,"
          + " since before 2026-11-23T08:00:00Z";
  private static final String SERVICE_LINE =
      "pcx-0a1b2c3d4e5f60718: add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000003,"
          + " since before 2026-11-23T08:00:00Z";

  @Test
  void a_plan_says_who_has_taken_a_route_away_on_either_side() {
    drift();
    recordsOfDrift();
    world.forgetSessions();
    Execution execution = machines.reconcile(PLAN);
    assertThat(lines(execution, "changes"))
        .contains(HUB_LINE + ", by " + EventRecord.DOER, SERVICE_LINE + ", by " + EventRecord.DOER);
    assertThat(execution.published().getFirst().get("Message").asText())
        .contains(HUB_LINE + ", by " + EventRecord.DOER);
    assertThat(world.transcript().lines())
        .filteredOn(line -> line.contains("events about"))
        .containsExactly(
            "  hub: events about rtb-00000001", "  210987654321: events about rtb-10000003");
    assertThat(world.sessions()).containsExactly(Samples.SERVICE_ACCOUNT);
  }

  @Test
  void without_a_record_or_the_permission_it_says_nothing() {
    drift();
    assertThat(lines(machines.reconcile(PLAN), "changes")).contains(HUB_LINE, SERVICE_LINE);
    recordsOfDrift();
    world.closeEvents(Samples.SERVICE_ACCOUNT);
    assertThat(lines(machines.reconcile(PLAN), "changes"))
        .contains(HUB_LINE + ", by " + EventRecord.DOER, SERVICE_LINE);
    world.failEvents(
        Samples.HUB_ACCOUNT, () -> new Throttled("look up the events", new RuntimeException()));
    Execution execution = machines.reconcile(PLAN);
    assertThat(lines(execution, "changes")).contains(HUB_LINE, SERVICE_LINE);
    assertThat(lines(execution, "unknown")).isEmpty();
  }

  @Test
  void our_own_calls_have_taken_nothing_away() {
    drift();
    RouteTableId table = new RouteTableId("rtb-00000001");
    Cidr cidr = Samples.SERVICE_CIDRS.getFirst();
    world.record(Samples.HUB_ACCOUNT, EventRecord.deleteRoute(table, cidr).byPeerway());
    assertThat(lines(machines.reconcile(PLAN), "changes")).contains(HUB_LINE);
  }

  @Test
  void who_took_our_group_and_our_openings_away_is_said() {
    SecurityGroup group = world.groups(Samples.SERVICE_VPC).getLast();
    world.record(
        Samples.SERVICE_ACCOUNT,
        EventRecord.createGroup(Samples.SERVICE_VPC, group.name(), group.id()).byPeerway());
    Cidr vpn = group.ingress().getFirst().source();
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(group.id(), group.name(), List.of(), List.of(), group.tags()));
    world.record(
        Samples.SERVICE_ACCOUNT, EventRecord.ssh("RevokeSecurityGroupIngress", group.id(), vpn));
    assertThat(lines(machines.reconcile(PLAN), "changes"))
        .singleElement()
        .asString()
        .contains("allow tcp/22 from 10.100.0.10/32 in " + group.id())
        .endsWith(", by " + EventRecord.DOER);
    world.removeGroup(group.id());
    world.record(Samples.SERVICE_ACCOUNT, EventRecord.deleteGroup(group.id()));
    assertThat(lines(machines.reconcile(PLAN), "changes"))
        .singleElement()
        .asString()
        .contains("create security group in vpc-0bbbbbbbbbbbbbbbb")
        .endsWith(", by " + EventRecord.DOER);
  }

  @Test
  void who_took_our_tags_off_is_said() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    world.record(
        Samples.HUB_ACCOUNT, EventRecord.tags("DeleteTags", Samples.PEERING, Tags.CIDRS, Tags.BY));
    assertThat(lines(machines.reconcile(PLAN), "changes"))
        .last()
        .asString()
        .startsWith("pcx-0a1b2c3d4e5f60718: write its tags again with")
        .endsWith(", by " + EventRecord.DOER);
  }

  @Test
  void what_somebody_has_made_by_hand_and_is_to_be_adopted_was_taken_by_nobody() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    without(world.tables(Samples.HUB_VPC).getFirst(), "10.110.0.0/16");
    world.removeGroup(world.groups(Samples.SERVICE_VPC).getLast().id());
    Execution execution = machines.reconcile(PLAN);
    assertThat(lines(execution, "changes"))
        .anyMatch(line -> line.contains("adopt it with"))
        .anyMatch(line -> line.startsWith(HUB_LINE.replaceFirst(",.*", "")));
    assertThat(world.transcript().lines()).noneMatch(line -> line.contains("events about"));
  }

  private void recordsOfDrift() {
    world.record(
        Samples.HUB_ACCOUNT,
        EventRecord.deleteRoute(
            new RouteTableId("rtb-00000001"), Samples.SERVICE_CIDRS.getFirst()));
    world.record(
        Samples.SERVICE_ACCOUNT,
        EventRecord.deleteRoute(new RouteTableId("rtb-10000003"), Samples.HUB_CIDRS.getFirst()));
  }

  @Test
  void a_changed_vpc_that_admission_refuses_is_listed_and_neither_repaired_nor_told_of() {
    machines.settings = Samples.settings("ALLOWED_CIDRS", "10.110.0.0/16");
    List<Cidr> cidrs = Cidr.list("10.110.0.0/16 10.120.0.0/24 10.130.0.0/24");
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, cidrs, Map.of()));
    local(Samples.SERVICE_VPC, Cidr.list("10.130.0.0/24"));
    Execution execution = machines.reconcile(REPAIR);
    assertThat(lines(execution, "leftAlone"))
        .singleElement()
        .asString()
        .contains("stays connected with [10.110.0.0/16, 10.120.0.0/24]", "InsideAllowedPool");
    assertThat(execution.started()).isEmpty();
    assertThat(execution.published()).isEmpty();
  }

  @Test
  void a_repair_mends_it_and_the_next_plan_is_empty() {
    drift();
    Execution execution = machines.reconcile(REPAIR);
    assertThat(execution.output().get("repaired"))
        .isEqualTo(
            json("[{'at': 'pcx-0a1b2c3d4e5f60718', 'kind': 'CONNECT', 'state': 'SUCCEEDED'}]"));
    assertThat(execution.path()).contains("ApplyNat", "CheckNat", "Notify");
    assertNothingFound(machines.reconcile(PLAN));
  }

  @Test
  void a_flushed_table_alone_is_mended_without_a_run_of_connect() {
    machines.vpn.flush();
    Execution execution = machines.reconcile(REPAIR);
    assertThat(execution.started()).isEmpty();
    assertThat(world.transcript().changes())
        .containsExactly("VPN: translate [172.168.0.0/24] to [10.110.0.0/16, 10.120.0.0/24]");
    assertNothingFound(machines.reconcile(PLAN));
  }

  @Test
  void a_vpn_instance_that_systems_manager_does_not_know_is_unknown() {
    world.setVpnAddresses(Cidr.list("10.100.0.10/32 10.100.0.11/32"));
    assertThat(lines(machines.reconcile(PLAN), "unknown"))
        .singleElement()
        .asString()
        .startsWith("VPN instance i-00000002: runs, and Systems Manager does not know it");
  }

  @Test
  void an_account_that_cannot_be_entered_is_unknown_and_keeps_everything() {
    drift();
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution =
        machines.reconcile("{'mode': 'repair', 'only': '" + Samples.PEERING + "'}");
    assertThat(lines(execution, "unknown"))
        .anyMatch(line -> line.startsWith("pcx-0a1b2c3d4e5f60718: assume the role"));
    assertThat(execution.started()).isEmpty();
    assertThat(execution.output().get("todo")).isEmpty();
  }

  @Test
  void a_closed_account_whose_event_was_lost_is_disconnected() {
    machines.organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(false));
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution = machines.reconcile(REPAIR);
    assertThat(lines(execution, "changes"))
        .singleElement()
        .asString()
        .contains("disconnect, because account 210987654321 is suspended or being closed");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
  }

  @Test
  void a_damaged_claim_does_not_stop_the_report() {
    damagedClaim();
    machines.organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(true));
    Execution execution = machines.reconcile(PLAN);
    assertThat(lines(execution, "unknown"))
        .anyMatch(line -> line.startsWith("VPN instances: "))
        .noneMatch(line -> line.startsWith("pcx-0a1b2c3d4e5f60718"));
    assertThat(lines(execution, "changes"))
        .singleElement()
        .asString()
        .startsWith("pcx-0ffffffffffffffff: disconnect, because");
  }

  @Test
  void a_tagged_vpc_whose_event_was_lost_is_connected() {
    VpcId vpc = new VpcId("vpc-0cccccccccccccccc");
    world.put(
        new Vpc(
            vpc, Samples.OTHER_ACCOUNT, Cidr.list("10.200.0.0/16"), Map.of(Tags.CONNECT, "true")));
    Execution plan = machines.reconcile("{}");
    assertThat(lines(plan, "changes"))
        .singleElement()
        .asString()
        .startsWith("vpc-0cccccccccccccccc: connect it, account 345678901234 in eu-west-1 asks");
    assertThat(world.transcript().changes()).isEmpty();
    Execution repair = machines.reconcile("{'mode': 'repair'}");
    assertThat(repair.path()).contains("RequestPeering", "Asked");
    assertThat(repair.output().at("/repaired/0/at").asText()).isEqualTo(vpc.value());
    assertThat(machines.vpn.sent().getLast().services()).contains(new Cidr("10.200.0.0/16"));
  }

  @Test
  void what_an_hour_ago_was_there_is_not_asked_for_where_nothing_has_drifted() {
    assertThat(machines.reconcile("{}").path()).doesNotContain("Notify");
  }

  @Test
  void an_account_whose_check_breaks_off_is_unknown() {
    // As where the organisation cannot be asked.
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.200.0.0/16"));
    world.close(Samples.OTHER_ACCOUNT);
    machines.organization.fail(Samples.OTHER_ACCOUNT);
    Execution execution = machines.reconcile(PLAN);
    assertThat(execution.path()).contains("NotChecked");
    assertThat(lines(execution, "unknown"))
        .contains(
            "pcx-0ffffffffffffffff: its account could not be checked:"
                + " io.peerway.model.error.Denied");
  }

  @Test
  void of_accounts_that_are_checked_together_one_that_fails_does_not_stop_the_others() {
    AccountId secret = new AccountId("345678901230");
    machines.settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    for (AccountId account : List.of(Samples.SERVICE_ACCOUNT, secret, Samples.OTHER_ACCOUNT)) {
      machines.organization.put(
          account, new Membership.Member(Samples.ORGANIZATION, true, List.of("ou-abcd-11111111")));
    }
    machines.organization.fail(secret);
    Map<String, String> tag = Map.of(Tags.CONNECT, "true");
    world.put(new Vpc(new VpcId("vpc-00000002"), secret, Cidr.list("10.202.0.0/16"), tag));
    world.put(
        new Vpc(new VpcId("vpc-00000003"), Samples.OTHER_ACCOUNT, Cidr.list("10.203.0.0/16"), tag));
    Execution plan = machines.reconcile("{}");
    assertThat(lines(plan, "changes"))
        .singleElement()
        .asString()
        .startsWith("vpc-00000003: connect it");
    assertThat(lines(plan, "leftAlone"))
        .containsExactly(
            "1 account without a connection: could not be checked (Denied): 345678901230");
  }

  @Test
  void accounts_without_our_role_are_counted() {
    for (int n = 1; n <= 12; n++) {
      AccountId account = new AccountId("4567890123%02d".formatted(n));
      machines.organization.put(account, FakeOrganization.member(true));
      world.close(account);
    }
    Execution execution = machines.reconcile("{'mode': 'repair'}");
    assertThat(lines(execution, "leftAlone"))
        .containsExactly(
            "12 accounts without a connection: could not be checked (Denied): 456789012301,"
                + " 456789012302, 456789012303 and 9 more");
    assertThat(execution.published()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'mode': 'fix'} | mode: plan or repair expected, got: fix",
        "{'mode': ['plan']} | mode: plan or repair expected, got: [plan]",
        "{'accounts': 'some'} | accounts: all or connected expected, got: some",
        "{'only': 'vpc-1'} | only: a VPC peering connection id",
        "{'Only': 'pcx-12345678'} | mode, only, accounts, after and freezes expected, got: Only",
        "[] | input.input",
        "{'mode': null} | input.input",
      })
  void a_wrong_input_is_refused_by_name_and_nothing_is_done(String input, String said) {
    Execution execution = machines.of(Workflow.RECONCILE, input);
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(execution::run)
        .withMessageContaining(said);
    assertThat(world.transcript().lines()).isEmpty();
  }

  private void drift() {
    without(world.tables(Samples.HUB_VPC).getFirst(), "10.110.0.0/16");
    without(world.tables(Samples.SERVICE_VPC).getLast(), "10.100.0.0/16");
    machines.vpn.flush();
  }

  private void without(RouteTable table, String destination) {
    List<Route> routes = new ArrayList<>(table.routes());
    routes.removeIf(route -> route.destination().value().equals(destination));
    world.put(new RouteTable(table.id(), table.vpc(), routes, table.tags()));
  }

  private void local(VpcId vpc, List<Cidr> cidrs) {
    cidrs.forEach(cidr -> world.route(vpc, new Route(cidr, "local", Route.State.ACTIVE)));
  }

  private void damagedClaim() {
    Peering other = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "somebody was here");
    world.put(other);
  }

  private static List<String> lines(Execution execution, String list) {
    return StreamSupport.stream(execution.output().get(list).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static void assertNothingFound(Execution execution) {
    for (String list : List.of("changes", "unknown", "leftAlone", "todo")) {
      assertThat(execution.output().get(list)).as(list).isEmpty();
    }
  }
}
