package io.peerway.plan.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Start;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.plan.sight.Whose;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found of a connection that is over, and what never is. */
class LeftoversTest {
  private static final PeeringId GONE = Samples.PEERING;

  private final World world = World.sample();

  @BeforeEach
  void left() {
    var network =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
    SecurityGroupPlan.plan(
            network.securityGroups(Samples.SERVICE_VPC),
            Samples.SERVICE_VPC,
            Samples.HUB_VPC,
            Samples.settings().ports(),
            Cidr.list("10.100.0.10/32"),
            GONE)
        .forEach(network::apply);
    route("10.100.0.0/16", GONE, Route.State.BLACKHOLE);
  }

  @Test
  void dead_routes_to_the_hub_and_our_group_with_its_openings_are_found() {
    Inspection found = found(Map.of(GONE, Whose.OURS));
    assertThat(found.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "left in vpc-0bbbbbbbbbbbbbbbb: remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000001",
            "left in vpc-0bbbbbbbbbbbbbbbb: remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000002",
            "left in vpc-0bbbbbbbbbbbbbbbb: remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000003",
            "left in vpc-0bbbbbbbbbbbbbbbb: revoke tcp/22 from 10.100.0.10/32 in sg-00000101",
            "left in vpc-0bbbbbbbbbbbbbbbb: delete security group sg-00000101");
    assertThat(found.repairs())
        .singleElement()
        .satisfies(
            repair -> {
              Start.Leave leave = (Start.Leave) repair;
              assertThat(leave.vpc()).isEqualTo(Samples.SERVICE_VPC);
              assertThat(leave.region()).isEqualTo(Samples.REGION);
              assertThat(leave.account()).isEqualTo(Samples.SERVICE_ACCOUNT);
            });
  }

  @Test
  void a_vpc_in_which_nothing_was_left_has_nothing() {
    World clean = World.sample();
    assertThat(found(clean, List.of(), Map.of())).isEqualTo(Inspection.NOTHING);
  }

  @Test
  void routes_of_others_are_never_among_them() {
    PeeringId other = new PeeringId("pcx-00000009");
    route("10.99.0.0/16", GONE, Route.State.BLACKHOLE); // elsewhere: nobody knows whose it was
    route("10.100.0.0/17", GONE, Route.State.BLACKHOLE);
    route("10.100.0.0/16", other, Route.State.BLACKHOLE);
    world.route(
        Samples.SERVICE_VPC,
        new Route(new Cidr("10.100.0.0/16"), "tgw-0123456789abcdef0", Route.State.BLACKHOLE));
    route("10.100.0.0/16", new PeeringId("pcx-00000008"), Route.State.ACTIVE);
    assertThat(found(Map.of(GONE, Whose.OURS, other, Whose.OTHERS)).findings())
        .filteredOn(finding -> finding.what().contains("route"))
        .hasSize(3)
        .allMatch(finding -> finding.what().contains("10.100.0.0/16 -> " + GONE));
  }

  @Test
  void what_may_not_be_asked_about_is_left_alone_and_told() {
    Inspection found = found(Map.of(GONE, Whose.UNKNOWN));
    assertThat(found.findings())
        .filteredOn(finding -> finding.sort() == Finding.Sort.LEFT_ALONE)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.toString())
                    .startsWith("routes of vpc-0bbbbbbbbbbbbbbbb: ")
                    .contains(GONE.value(), "210987654321"));
    assertThat(found.findings()).noneMatch(finding -> finding.what().startsWith("remove route"));
    // The group says itself whose it is.
    assertThat(found.repairs()).hasSize(1);
  }

  @Test
  void of_a_vpc_with_a_peering_connection_only_dead_routes_are() {
    Peering live =
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.serviceSide(),
            Samples.hubSide(),
            Map.of());
    assertThat(found(world, List.of(live), Map.of(GONE, Whose.OURS)).findings())
        .hasSize(3)
        .allMatch(finding -> finding.what().startsWith("remove route"));
    // One of another VPC keeps nothing here.
    Peering elsewhere = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.9.0.0/16");
    assertThat(found(world, List.of(elsewhere), Map.of(GONE, Whose.OURS)))
        .isEqualTo(found(Map.of(GONE, Whose.OURS)));
    // Those of a live one are its own.
    assertThat(found(world, List.of(Samples.request(PeeringStatus.ACTIVE)), Map.of()).findings())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void one_is_ours_if_it_joined_the_hub_and_is_over(PeeringStatus status) {
    Peering seen = Samples.request(status);
    assertThat(Leftovers.whose(Optional.of(seen), Samples.HUB_VPC))
        .isEqualTo(seen.isLive() ? Whose.OTHERS : Whose.OURS);
    assertThat(Leftovers.whose(Optional.of(seen), new VpcId("vpc-0eeeeeeeeeeeeeeee")))
        .isEqualTo(Whose.OTHERS);
  }

  @Test
  void one_that_nobody_remembers_is_ours() {
    assertThat(Leftovers.whose(Optional.empty(), Samples.HUB_VPC)).isEqualTo(Whose.OURS);
  }

  @Test
  void only_what_would_be_taken_away_is_asked_about() {
    route("10.99.0.0/16", new PeeringId("pcx-00000007"), Route.State.BLACKHOLE);
    Complete<RouteTable> tables = new Complete<>(world.tables(Samples.SERVICE_VPC));
    assertThat(Leftovers.candidates(tables, Samples.HUB_CIDRS, List.of())).containsExactly(GONE);
    assertThat(
            Leftovers.candidates(
                tables, Samples.HUB_CIDRS, List.of(Samples.request(PeeringStatus.ACTIVE))))
        .isEmpty();
  }

  @Test
  void a_second_removal_finds_nothing() {
    var network =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
    List<Change> changes =
        new java.util.ArrayList<>(
            Leftovers.routes(
                network.routeTables(Samples.SERVICE_VPC),
                Samples.HUB_CIDRS,
                List.of(),
                Map.of(GONE, Whose.OURS)));
    changes.addAll(
        Leftovers.openings(
            network.securityGroups(Samples.SERVICE_VPC),
            Samples.SERVICE_VPC,
            Samples.HUB_VPC,
            List.of()));
    changes.forEach(network::apply);
    assertThat(found(Map.of())).isEqualTo(Inspection.NOTHING);
  }

  private void route(String destination, PeeringId target, Route.State state) {
    world.route(Samples.SERVICE_VPC, new Route(new Cidr(destination), target.value(), state));
  }

  private Inspection found(Map<PeeringId, Whose> whose) {
    return found(world, List.of(), whose);
  }

  private static Inspection found(World world, List<Peering> live, Map<PeeringId, Whose> whose) {
    var network =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
    Vpc vpc = network.vpc(Samples.SERVICE_VPC).orElseThrow();
    AccountSight.Seen sight =
        new AccountSight.Seen(
            Samples.REGION,
            Optional.of(new Complete<>(List.of(vpc))),
            network.routeTables(),
            network.securityGroups(),
            Map.of(),
            Map.of(),
            whose);
    return Leftovers.of(
        sight,
        Samples.SERVICE_ACCOUNT,
        Samples.SERVICE_VPC,
        new HubSight(Samples.hubVpc(), Cidr.list("10.100.0.10/32"), live));
  }
}
