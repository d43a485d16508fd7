package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.network.Change;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.RouteTableId;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutePlanTest {

  private final World world = World.sample();

  @Test
  void every_table_gets_every_destination() {
    assertThat(plan())
        .hasSize(6)
        .first()
        .hasToString("add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001");
  }

  @Test
  void a_foreign_route_is_named_with_its_table_and_target() {
    world.route(Samples.HUB_VPC, route("10.120.0.0/24", "tgw-0123456789abcdef0"));
    assertThatExceptionOfType(ForeignRoute.class)
        .isThrownBy(this::plan)
        .withMessageContaining("rtb-00000001 of vpc-0aaaaaaaaaaaaaaaa")
        .withMessageContaining("10.120.0.0/24 -> tgw-0123456789abcdef0");
  }

  @Test
  void a_route_of_another_peering_connection_is_foreign_too() {
    world.route(Samples.HUB_VPC, route("10.110.0.0/16", Samples.OTHER_PEERING.value()));
    assertThatExceptionOfType(ForeignRoute.class).isThrownBy(this::plan);
  }

  @Test
  void ours_is_added_beside_a_propagated_route_in_whatever_order_they_are_listed() {
    Route propagated =
        new Route(
            new Cidr("10.110.0.0/16"),
            "vgw-0123456789abcdef0",
            Route.State.ACTIVE,
            Route.Origin.PROPAGATED);
    world.route(Samples.HUB_VPC, propagated);
    assertThat(plan()).hasSize(6);
    world.route(Samples.HUB_VPC, route("10.110.0.0/16", Samples.PEERING.value()));
    assertThat(plan()).hasSize(3);
    for (RouteTable table : world.tables(Samples.HUB_VPC)) {
      world.put(table.withRoutes(table.routes().reversed()));
    }
    assertThat(plan()).hasSize(3).noneMatch(Change.RemoveRoute.class::isInstance);
    // A static one of somebody else beside it is as foreign as ever.
    world.route(Samples.HUB_VPC, route("10.120.0.0/24", "tgw-0123456789abcdef0"));
    assertThatExceptionOfType(ForeignRoute.class).isThrownBy(this::plan);
  }

  @Test
  void a_wider_or_narrower_foreign_route_is_no_obstacle() {
    world.route(Samples.HUB_VPC, route("10.110.0.0/17", "tgw-0123456789abcdef0"));
    world.route(Samples.HUB_VPC, route("10.0.0.0/8", "vgw-0123456789abcdef0"));
    assertThat(plan()).hasSize(6);
  }

  @Test
  void a_cidr_that_is_no_longer_wanted_loses_its_routes_after_the_new_ones_are_there() {
    world.route(Samples.HUB_VPC, route("10.130.0.0/24", Samples.PEERING.value()));
    assertThat(plan())
        .hasSize(9)
        .last()
        .hasToString("remove route 10.130.0.0/24 -> pcx-0a1b2c3d4e5f60718 from rtb-00000003");
  }

  @Test
  void the_route_of_a_peering_connection_that_is_gone_is_waited_for() {
    world.route(
        Samples.HUB_VPC,
        new Route(new Cidr("10.110.0.0/16"), Samples.OTHER_PEERING.value(), Route.State.BLACKHOLE));
    assertThatExceptionOfType(BlackholeRoute.class)
        .isThrownBy(this::plan)
        .withMessageContainingAll(
            Samples.PEERING.value(),
            "rtb-00000001",
            "10.110.0.0/16",
            Samples.OTHER_PEERING.value());
  }

  @Test
  void a_table_tagged_skip_gets_no_route_but_loses_ours() {
    world.route(Samples.HUB_VPC, route("10.110.0.0/16", Samples.PEERING.value()));
    world.route(Samples.HUB_VPC, route("10.120.0.0/24", "tgw-0123456789abcdef0"));
    world.tables(Samples.HUB_VPC).forEach(table -> world.put(skip(table)));
    assertThat(plan()).isEmpty();
    assertThat(plan(List.of()))
        .hasSize(3)
        .allMatch(change -> change.toString().startsWith("remove route 10.110.0.0/16"));
  }

  @Test
  void a_table_tagged_skip_keeps_no_other_from_being_untouched() {
    RouteTable skipped = world.tables(Samples.HUB_VPC).getFirst();
    world.put(skip(skipped));
    Complete<RouteTable> tables = new Complete<>(world.tables(Samples.HUB_VPC));
    List<Change> plan = RoutePlan.plan(tables, Samples.SERVICE_CIDRS, Samples.PEERING);
    assertThat(RoutePlan.untouched(tables, plan, Samples.SERVICE_CIDRS))
        .containsExactly(new RouteTableId("rtb-00000002"), new RouteTableId("rtb-00000003"));
    assertThat(RoutePlan.untouched(tables, plan.subList(1, 4), Samples.SERVICE_CIDRS))
        .as("one route is there")
        .isEmpty();
  }

  private static RouteTable skip(RouteTable table) {
    return new RouteTable(table.id(), table.vpc(), table.routes(), Map.of(Tags.ROUTES, "skip"));
  }

  @Test
  void a_foreign_route_does_not_stand_in_the_way_of_taking_ours_away() {
    world.route(Samples.HUB_VPC, route("10.110.0.0/16", "tgw-0123456789abcdef0"));
    world.route(Samples.HUB_VPC, route("10.120.0.0/24", Samples.PEERING.value()));
    assertThat(plan(List.of())).hasSize(3);
  }

  private List<?> plan() {
    return plan(Samples.SERVICE_CIDRS);
  }

  private List<?> plan(List<Cidr> destinations) {
    Complete<RouteTable> tables = new Complete<>(world.tables(Samples.HUB_VPC));
    return RoutePlan.plan(tables, destinations, Samples.PEERING);
  }

  private static Route route(String destination, String target) {
    return new Route(new Cidr(destination), target, Route.State.ACTIVE);
  }
}
