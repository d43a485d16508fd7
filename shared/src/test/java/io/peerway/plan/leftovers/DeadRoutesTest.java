package io.peerway.plan.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.port.Network;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.sight.Whose;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadRoutesTest {
  private final World world = World.sample();

  @Test
  void however_many_an_account_has_they_are_asked_about_in_one_call() {
    Map<PeeringId, Whose> whose = dead(150).whose(world.hub().apply(Samples.SERVICE_ACCOUNT));
    assertThat(whose).hasSize(150).containsValue(Whose.OURS);
    assertThat(world.transcript().lines()).containsExactly("  hub: 150 peering connections");
  }

  @Test
  void without_any_nobody_is_asked() {
    assertThat(dead(0).whose(world.hub().apply(Samples.SERVICE_ACCOUNT))).isEmpty();
    assertThat(world.transcript().lines()).isEmpty();
  }

  @Test
  void where_the_account_does_not_let_us_look_nobody_knows_whose_they_are() {
    world.close(Samples.SERVICE_ACCOUNT);
    Network closed =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
    assertThat(dead(2).whoseIfAllowed(closed))
        .containsExactly(
            entry(new PeeringId("pcx-00000000"), Whose.UNKNOWN),
            entry(new PeeringId("pcx-00000001"), Whose.UNKNOWN));
  }

  private static DeadRoutes dead(int routes) {
    List<RouteTable> tables =
        IntStream.range(0, routes)
            .mapToObj(
                n ->
                    new RouteTable(
                        new RouteTableId("rtb-%08d".formatted(n)),
                        Samples.SERVICE_VPC,
                        List.of(
                            new Route(
                                Samples.HUB_CIDRS.getFirst(),
                                "pcx-%08d".formatted(n),
                                Route.State.BLACKHOLE)),
                        Map.of()))
            .toList();
    return DeadRoutes.of(
        List.of(new Complete<>(tables)), Samples.HUB_CIDRS, Samples.HUB_VPC, List.of());
  }
}
