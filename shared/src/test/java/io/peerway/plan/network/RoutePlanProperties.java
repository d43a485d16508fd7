package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.network.Change;
import io.peerway.model.network.Change.AddRoute;
import io.peerway.model.network.Change.AllowIngress;
import io.peerway.model.network.Change.CreateVpnGroup;
import io.peerway.model.network.Change.DeleteVpnGroup;
import io.peerway.model.network.Change.RemoveRoute;
import io.peerway.model.network.Change.RevokeIngress;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.testing.Cidrs;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Route tables in any state: some routes are ours already, some are foreign, some tables skipped.
 */
@Label("A route plan")
class RoutePlanProperties {

  @Property
  @Label("that was applied leaves nothing to plan")
  void a_second_plan_is_empty(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (!hasForeignRoute(tables, destinations)) {
      List<RouteTable> after = applied(plan(tables, destinations), tables);
      assertThat(plan(after, destinations)).isEmpty();
      assertThat(Verification.routes(new Complete<>(after), destinations, Samples.PEERING))
          .allMatch(finding -> finding.endsWith("is a blackhole"));
    }
  }

  @Property
  @Label("that is applied halfway is completed by the next")
  void half_a_plan_is_completed(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (!hasForeignRoute(tables, destinations)) {
      List<Change> whole = plan(tables, destinations);
      List<Change> half = whole.subList(0, whole.size() / 2);
      assertThat(plan(applied(half, tables), destinations))
          .isEqualTo(whole.subList(half.size(), whole.size()));
    }
  }

  @Property
  @Label("adds before it removes, so that what works goes on working")
  void adds_before_it_removes(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (!hasForeignRoute(tables, destinations)) {
      assertThat(plan(tables, destinations).stream().map(AddRoute.class::isInstance))
          .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }
  }

  @Property
  @Label("leaves every route of others as it is, whatever state it starts from")
  void foreign_routes_stay(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (!hasForeignRoute(tables, destinations)) {
      assertThat(foreignRoutes(applied(plan(tables, destinations), tables)))
          .isEqualTo(foreignRoutes(tables));
    }
  }

  @Property
  @Label("removes each own route to anything that is not wanted, and nothing else")
  void removes_only_own_routes_that_are_not_wanted(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (!hasForeignRoute(tables, destinations)) {
      List<Change> removals =
          plan(tables, destinations).stream().filter(RemoveRoute.class::isInstance).toList();
      List<Change> obsolete = new ArrayList<>();
      for (RouteTable table : tables) {
        for (Route route : table.routes()) {
          if (route.target().equals(Samples.PEERING.value())
              && !destinations.contains(route.destination())) {
            obsolete.add(new RemoveRoute(table.id(), route.destination(), Samples.PEERING));
          }
        }
      }
      assertThat(removals).isEqualTo(obsolete);
    }
  }

  @Property
  @Label("without destinations takes every own route away, blackholes and skipped tables included")
  void without_destinations_nothing_of_ours_is_left(@ForAll("tables") List<RouteTable> tables) {
    List<RouteTable> after = applied(plan(tables, List.of()), tables);
    assertThat(after).flatExtracting(RouteTable::routes).isEqualTo(foreignRoutes(tables));
  }

  @Property
  @Label("adds each route once, only for wanted destinations, never to a skipped table")
  void adds_only_what_is_wanted(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (!hasForeignRoute(tables, destinations)) {
      List<Change> changes = plan(tables, destinations);
      assertThat(changes).doesNotHaveDuplicates();
      for (AddRoute route : additions(changes)) {
        RouteTable table =
            tables.stream().filter(t -> t.id().equals(route.table())).findFirst().orElseThrow();
        assertThat(table.isSkipped()).isFalse();
        assertThat(destinations).contains(route.destination());
        assertThat(route.peering()).isEqualTo(Samples.PEERING);
        assertThat(table.routes())
            .noneMatch(present -> present.destination().equals(route.destination()));
      }
    }
  }

  @Property
  @Label("is refused as a whole where one destination has another target")
  void a_foreign_route_stops_everything(
      @ForAll("tables") List<RouteTable> tables, @ForAll("destinations") List<Cidr> destinations) {
    if (hasForeignRoute(tables, destinations)) {
      assertThatThrownBy(() -> plan(tables, destinations))
          .isInstanceOfAny(ForeignRoute.class, BlackholeRoute.class)
          .hasMessageContaining(Samples.PEERING.value())
          .hasMessageContaining(Tags.ROUTES);
    }
  }

  private static List<Change> plan(List<RouteTable> tables, List<Cidr> destinations) {
    return RoutePlan.plan(new Complete<>(tables), destinations, Samples.PEERING);
  }

  private static boolean hasForeignRoute(List<RouteTable> tables, List<Cidr> destinations) {
    return tables.stream()
        .filter(table -> !"skip".equals(table.tags().get(Tags.ROUTES)))
        .flatMap(table -> table.routes().stream())
        .anyMatch(
            route ->
                destinations.contains(route.destination())
                    && !route.target().equals(Samples.PEERING.value()));
  }

  private static List<RouteTable> applied(List<Change> changes, List<RouteTable> tables) {
    return tables.stream()
        .map(
            table -> {
              List<Route> routes = new ArrayList<>(table.routes());
              for (Change change : changes) {
                switch (change) {
                  case AddRoute(RouteTableId id, Cidr destination, PeeringId peering) -> {
                    if (id.equals(table.id())) {
                      routes.add(new Route(destination, peering.value(), Route.State.ACTIVE));
                    }
                  }
                  // As EC2 does it: by destination, whatever the target.
                  case RemoveRoute(RouteTableId id, Cidr destination, PeeringId peering) ->
                      routes.removeIf(
                          route ->
                              id.equals(table.id()) && route.destination().equals(destination));
                  case CreateVpnGroup group -> throw new AssertionError(group);
                  case AllowIngress allow -> throw new AssertionError(allow);
                  case RevokeIngress revoke -> throw new AssertionError(revoke);
                  case DeleteVpnGroup group -> throw new AssertionError(group);
                }
              }
              return new RouteTable(table.id(), table.vpc(), routes, table.tags());
            })
        .toList();
  }

  private static List<AddRoute> additions(List<Change> changes) {
    return changes.stream().filter(AddRoute.class::isInstance).map(AddRoute.class::cast).toList();
  }

  private static List<Route> foreignRoutes(List<RouteTable> tables) {
    return tables.stream()
        .flatMap(table -> table.routes().stream())
        .filter(route -> !route.target().equals(Samples.PEERING.value()))
        .toList();
  }

  // Few prefixes, so that what is wanted and what is there meet often.
  private static Arbitrary<Cidr> destination() {
    return Cidrs.inside("10.110.0.0", 15, 17);
  }

  @Provide
  Arbitrary<List<Cidr>> destinations() {
    return destination().list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<RouteTable>> tables() {
    Arbitrary<String> targets =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, Arbitraries.just(Samples.PEERING.value())),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("local", "igw-1", "pcx-0ffffffffffffffff")));
    Arbitrary<List<Route>> routes =
        Combinators.combine(destination(), targets, Arbitraries.of(Route.State.class))
            .as(Route::new)
            .list()
            .ofMaxSize(4)
            .uniqueElements(Route::destination);
    Arbitrary<Map<String, String>> tags =
        Arbitraries.of(Set.of(Map.of(), Map.of(Tags.ROUTES, "skip"), Map.of(Tags.ROUTES, "Skip?")));
    return Combinators.combine(routes, tags)
        .as((r, t) -> new RouteTable(new RouteTableId("rtb-00000000"), Samples.HUB_VPC, r, t))
        .list()
        .ofMaxSize(4)
        .map(
            tables ->
                IntStream.range(0, tables.size())
                    .mapToObj(
                        n ->
                            new RouteTable(
                                new RouteTableId("rtb-0000000" + n),
                                tables.get(n).vpc(),
                                tables.get(n).routes(),
                                tables.get(n).tags()))
                    .toList());
  }
}
