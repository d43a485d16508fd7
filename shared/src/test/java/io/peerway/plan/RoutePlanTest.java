package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.Complete;
import io.peerway.model.Route;
import io.peerway.model.RouteTable;
import io.peerway.model.error.ForeignRoute;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
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
  void a_wider_or_narrower_foreign_route_is_no_obstacle() {
    world.route(Samples.HUB_VPC, route("10.110.0.0/17", "tgw-0123456789abcdef0"));
    world.route(Samples.HUB_VPC, route("10.0.0.0/8", "vgw-0123456789abcdef0"));
    assertThat(plan()).hasSize(6);
  }

  private List<?> plan() {
    Complete<RouteTable> tables = new Complete<>(world.tables(Samples.HUB_VPC));
    return RoutePlan.plan(tables, Samples.SERVICE_CIDRS, Samples.PEERING);
  }

  private static Route route(String destination, String target) {
    return new Route(new io.peerway.model.Cidr(destination), target, Route.State.ACTIVE);
  }
}
