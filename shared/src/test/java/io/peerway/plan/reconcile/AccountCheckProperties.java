package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Connections that somebody has changed by hand, and accounts that may not be readable. */
@Label("A check of an account")
class AccountCheckProperties {
  private static final Settings SETTINGS = Samples.settings();

  @Property(tries = 300)
  @Label("finds nothing once what it has planned is done")
  void is_empty_after_the_repair(@ForAll("drifted") World world, @ForAll("claims") String claim) {
    Peering peering = admitted(claim);
    Inspection before = check(world, peering);
    assertThat(before.findings()).noneMatch(f -> f.sort() != Finding.Sort.DRIFT);
    assertThat(before.repairs()).hasSize(before.findings().isEmpty() ? 0 : 1);

    connect(world);

    assertThat(check(world, admitted("10.110.0.0/16 10.120.0.0/24")).findings()).isEmpty();
  }

  @Property(tries = 300)
  @Label("says nothing where nothing was taken away, and the same thing twice")
  void is_the_same_twice(@ForAll("drifted") World world) {
    Peering peering = admitted("10.110.0.0/16 10.120.0.0/24");
    assertThat(check(world, peering)).isEqualTo(check(world, peering));
  }

  @Property
  @Label("never ends a connection that it could not read")
  void never_ends_the_unread(
      @ForAll("peerings") Peering peering, @ForAll("regionSights") AccountSight.InRegion unread) {
    Membership member = FakeOrganization.member(true);
    Inspection found =
        of(peering)
            .check(new AccountSight(List.of(unread)), member, () -> new Complete<>(List.of()));
    assertThat(found.repairs()).isEmpty();
    assertThat(found.findings())
        .isNotEmpty()
        .allMatch(finding -> finding.sort() == Finding.Sort.UNKNOWN);
  }

  private static Inspection check(World world, Peering peering) {
    Network network = network(world);
    Set<VpcId> vpcs = Set.of(Samples.SERVICE_VPC);
    AccountSight.Seen sight =
        new AccountSight.Seen(
            Samples.REGION,
            Optional.of(
                new Complete<>(
                    List.of(
                        new Vpc(
                            Samples.SERVICE_VPC,
                            Samples.SERVICE_ACCOUNT,
                            Samples.SERVICE_CIDRS,
                            Map.of())))),
            network.routeTablesOf(vpcs),
            network.securityGroupsOf(vpcs));
    return of(peering)
        .check(
            new AccountSight(List.of(sight)),
            FakeOrganization.member(true),
            () -> new Complete<>(List.of()));
  }

  private static AccountCheck of(Peering peering) {
    return new AccountCheck(
        SETTINGS,
        Samples.SERVICE_ACCOUNT,
        new HubSight(Samples.hubVpc(), Cidr.list("10.100.0.10/32"), List.of(peering)),
        ReconcileOrder.of(Map.of("accounts", "connected")));
  }

  // What the steps of connect do at the service's side.
  private static void connect(World world) {
    Network network = network(world);
    RoutePlan.plan(network.routeTables(Samples.SERVICE_VPC), Samples.HUB_CIDRS, Samples.PEERING)
        .forEach(network::apply);
    SecurityGroupPlan.plan(
            network.securityGroups(Samples.SERVICE_VPC),
            Samples.SERVICE_VPC,
            Samples.HUB_VPC,
            SETTINGS.ports(),
            Cidr.list("10.100.0.10/32"),
            Samples.PEERING)
        .forEach(network::apply);
  }

  private static Network network(World world) {
    return world
        .serviceAccounts()
        .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
  }

  private static Peering admitted(String claim) {
    return Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, claim);
  }

  /** A connected world of which routes and openings were taken away, or others added. */
  @Provide
  Arbitrary<World> drifted() {
    return Arbitraries.integers().between(0, 3).list().ofSize(5).map(this::drifted);
  }

  private World drifted(List<Integer> what) {
    World world = World.sample();
    connect(world);
    List<RouteTable> tables = world.tables(Samples.SERVICE_VPC);
    for (int i = 0; i < tables.size(); i++) {
      List<Route> routes = new ArrayList<>(tables.get(i).routes());
      if (what.get(i) == 1 || what.get(i) == 3) {
        routes.removeIf(route -> route.belongsTo(Samples.PEERING));
      }
      if (what.get(i) >= 2) {
        routes.add(
            new Route(new Cidr("10.99.0.0/16"), Samples.PEERING.value(), Route.State.ACTIVE));
      }
      world.put(new RouteTable(tables.get(i).id(), tables.get(i).vpc(), routes, Map.of()));
    }
    SecurityGroup own = world.groups(Samples.SERVICE_VPC).getLast();
    if (what.get(3) > 0) {
      world.put(
          Samples.SERVICE_VPC,
          new SecurityGroup(own.id(), own.name(), List.of(), List.of(), own.tags()));
    }
    return world;
  }

  @Provide
  Arbitrary<String> claims() {
    return Arbitraries.of(
        "10.110.0.0/16 10.120.0.0/24", "10.110.0.0/16", "10.110.0.0/16 10.9.0.0/16");
  }

  @Provide
  Arbitrary<Peering> peerings() {
    Arbitrary<PeeringStatus> statuses =
        Arbitraries.of(
            PeeringStatus.ACTIVE, PeeringStatus.PROVISIONING, PeeringStatus.PENDING_ACCEPTANCE);
    Arbitrary<Map<String, String>> tags =
        Arbitraries.maps(
            Arbitraries.of(Tags.CIDRS, Tags.BY),
            Arbitraries.of("tag", "10.110.0.0/16", "", "nonsense"));
    return Combinators.combine(statuses, tags)
        .as(
            (status, tag) ->
                new Peering(
                    Samples.PEERING, status, Samples.serviceSide(), Samples.hubSide(), tag));
  }

  @Provide
  Arbitrary<AccountSight.InRegion> regionSights() {
    return Arbitraries.of("denied", "", "a\nb")
        .map(
            why ->
                new AccountSight.Unread(
                    Samples.REGION, new Denied(why, new IllegalStateException())));
  }
}
