package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.RouteTableId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DetoursTest {
  private static final PrefixListId LIST = new PrefixListId("pl-00000001");

  @ParameterizedTest
  @EnumSource
  void a_narrower_route_that_leads_elsewhere_is_one_whoever_wrote_it(Route.Origin origin) {
    assertThat(of(route("10.110.128.0/17", "vgw-1", origin)))
        .singleElement()
        .satisfies(found -> assertThat(found.isKnown()).isTrue())
        .extracting(Obstacle::what)
        .asString()
        .contains("rtb-00000001", "10.110.128.0/17 -> vgw-1", "narrower than 10.110.0.0/16");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "10.110.0.0/16, vgw-1", // as wide as ours: the static one is preferred, a foreign one a
    // conflict
    "10.0.0.0/8, tgw-1",
    "10.120.1.0/24, tgw-1", // beside it
    "10.110.1.0/24, pcx-0a1b2c3d4e5f60718",
    "10.110.1.0/24, local"
  })
  void what_is_not_narrower_or_leads_the_same_way_is_none(String destination, String target) {
    assertThat(of(route(destination, target, Route.Origin.PROPAGATED))).isEmpty();
  }

  @Test
  void a_blackhole_is_one_and_said_to_be_one() {
    assertThat(of(new Route(new Cidr("10.110.1.0/24"), "eni-1", Route.State.BLACKHOLE)))
        .singleElement()
        .extracting(Obstacle::what)
        .asString()
        .contains("(a blackhole)");
  }

  @Test
  void a_skipped_table_has_none_and_its_lists_are_not_read() {
    RouteTable skipped =
        table(
            List.of(route("10.110.1.0/24", "tgw-1", Route.Origin.STATIC)),
            Map.of(Tags.ROUTES, "skip"));
    assertThat(Detours.lists(new Complete<>(List.of(skipped)))).isEmpty();
    assertThat(of(skipped, Map.of())).isEmpty();
  }

  @Test
  void of_a_prefix_list_those_cidrs_count_that_are_narrower() {
    RouteTable table = table(List.of(), Map.of());
    assertThat(Detours.lists(new Complete<>(List.of(table)))).containsExactly(LIST);
    assertThat(
            of(
                table,
                Map.of(
                    LIST,
                    new PrefixListSight.Seen(
                        Cidr.list("52.92.0.0/16 10.110.7.0/24 10.110.0.0/16 10.0.0.0/8")))))
        .singleElement()
        .extracting(Obstacle::what)
        .asString()
        .contains("10.110.7.0/24 (of pl-00000001) -> tgw-9");
  }

  @Test
  void a_prefix_list_that_cannot_be_read_is_unknown_and_says_why() {
    assertThat(of(table(List.of(), Map.of()), Map.of(LIST, new PrefixListSight.Unknown("denied"))))
        .singleElement()
        .satisfies(found -> assertThat(found.isKnown()).isFalse())
        .extracting(Obstacle::what)
        .asString()
        .contains("pl-00000001 -> tgw-9", "denied");
  }

  private static List<Obstacle> of(Route route) {
    return of(
        new RouteTable(new RouteTableId("rtb-00000001"), Samples.HUB_VPC, List.of(route), Map.of()),
        Map.of());
  }

  private static List<Obstacle> of(RouteTable table, Map<PrefixListId, PrefixListSight> lists) {
    return Detours.of(
        new Complete<>(List.of(table)), Samples.SERVICE_CIDRS, Samples.PEERING, lists);
  }

  private static RouteTable table(List<Route> routes, Map<String, String> tags) {
    return new RouteTable(
        new RouteTableId("rtb-00000001"),
        Samples.HUB_VPC,
        routes,
        List.of(new PrefixListRoute(LIST, "tgw-9", Route.State.ACTIVE)),
        tags);
  }

  private static Route route(String destination, String target, Route.Origin origin) {
    return new Route(new Cidr(destination), target, Route.State.ACTIVE, origin);
  }
}
