package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.Route;
import io.peerway.model.network.Route.Origin;
import io.peerway.model.network.Route.State;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.RouteTableId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of a table's routes a packet takes. */
class WayTest {
  private static final Cidr TARGET = Cidr.ofAddress("10.110.0.10");
  private static final PrefixListId LIST = new PrefixListId("pl-00000001");

  @Test
  void the_longest_prefix_wins_wherever_it_comes_from() {
    assertThat(to(route("10.0.0.0/8", "a"), route("10.110.0.0/24", "b"), route("0.0.0.0/0", "c")))
        .isEqualTo("b");
    assertThat(to(route("10.111.0.0/16", "a"))).isEqualTo("nowhere");
  }

  @Test
  void of_two_alike_the_local_one_wins_then_a_static_one_then_a_list_then_a_propagated_one() {
    Route propagated = new Route(new Cidr("10.110.0.0/16"), "vgw", State.ACTIVE, Origin.PROPAGATED);
    assertThat(to(propagated, route("10.110.0.0/16", "static"))).isEqualTo("static");
    assertThat(to(route("10.110.0.0/16", "static"), route("10.110.0.0/16", Route.LOCAL)))
        .isEqualTo(Route.LOCAL);
    assertThat(listed(propagated)).isEqualTo("list");
    assertThat(listed(route("10.110.0.0/16", "static"))).isEqualTo("static");
  }

  @Test
  void a_list_that_could_not_be_read_may_have_a_narrower_one() {
    RouteTable table = table(List.of(route("10.110.0.0/16", "a")), true);
    assertThat(Way.of(table, Map.of(), TARGET)).isInstanceOf(Way.Unknown.class);
  }

  private static String listed(Route beside) {
    return target(
        Way.of(
            table(List.of(beside), true),
            Map.of(LIST, new PrefixListSight.Seen(Cidr.list("10.110.0.0/16"))),
            TARGET));
  }

  private static String to(Route... routes) {
    return target(Way.of(table(List.of(routes), false), Map.of(), TARGET));
  }

  private static String target(Way.Choice choice) {
    return choice instanceof Way.By by ? by.route().target() : "nowhere";
  }

  private static Route route(String destination, String target) {
    return new Route(new Cidr(destination), target, State.ACTIVE);
  }

  private static RouteTable table(List<Route> routes, boolean hasList) {
    return new RouteTable(
        new RouteTableId("rtb-00000001"),
        Samples.HUB_VPC,
        routes,
        hasList ? List.of(new PrefixListRoute(LIST, "list", State.ACTIVE)) : List.of(),
        Map.of());
  }
}
