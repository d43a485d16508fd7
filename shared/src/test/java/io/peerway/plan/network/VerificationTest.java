package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.ForeignRoute;
import io.peerway.model.network.Route;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private final World world = World.sample();

  @BeforeEach
  void one_of_two_routes_is_there() {
    world.route(Samples.HUB_VPC, route(0, Samples.PEERING.value(), Route.State.ACTIVE));
  }

  @Test
  void a_missing_route_is_found_in_each_table() {
    assertThat(findings())
        .hasSize(3)
        .allMatch(finding -> finding.startsWith("still to do: add route 10.120.0.0/24"));
  }

  @Test
  void a_route_that_leads_nowhere_is_found() {
    world.route(Samples.HUB_VPC, route(1, Samples.PEERING.value(), Route.State.BLACKHOLE));
    assertThat(findings()).isEmpty();
    assertThat(blackholes()).hasSize(3).allMatch(finding -> finding.endsWith("is a blackhole"));
  }

  @Test
  void nothing_is_found_where_all_is_well() {
    world.route(Samples.HUB_VPC, route(1, Samples.PEERING.value(), Route.State.ACTIVE));
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_blackhole_of_somebody_else_is_not_our_business() {
    world.route(Samples.HUB_VPC, route(1, Samples.PEERING.value(), Route.State.ACTIVE));
    world.route(
        Samples.HUB_VPC,
        new Route(new Cidr("10.99.0.0/16"), "pcx-00000000", Route.State.BLACKHOLE));
    assertThat(findings()).isEmpty();
    assertThat(blackholes()).isEmpty();
  }

  @Test
  void a_route_that_became_foreign_is_named_as_such() {
    world.route(Samples.HUB_VPC, route(1, "tgw-0123456789abcdef0", Route.State.ACTIVE));
    assertThatExceptionOfType(ForeignRoute.class).isThrownBy(this::findings);
  }

  private List<String> findings() {
    return Verification.routes(
        new Complete<>(world.tables(Samples.HUB_VPC)), Samples.SERVICE_CIDRS, Samples.PEERING);
  }

  private List<String> blackholes() {
    return Verification.blackholes(
        new Complete<>(world.tables(Samples.HUB_VPC)), Samples.SERVICE_CIDRS, Samples.PEERING);
  }

  private static Route route(int destination, String target, Route.State state) {
    return new Route(Samples.SERVICE_CIDRS.get(destination), target, state);
  }
}
