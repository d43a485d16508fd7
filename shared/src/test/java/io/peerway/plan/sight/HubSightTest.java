package io.peerway.plan.sight;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HubSightTest {
  private static final Peering ONE = Samples.request(PeeringStatus.ACTIVE);
  private static final Peering SECOND =
      new Peering(
          Samples.OTHER_PEERING,
          PeeringStatus.ACTIVE,
          new VpcSide(
              Samples.SERVICE_ACCOUNT,
              Samples.REGION,
              new VpcId("vpc-0eeeeeeeeeeeeeeee"),
              List.of()),
          Samples.hubSide(),
          Map.of());

  private final HubSight hub = new HubSight(Samples.hubVpc(), List.of(), List.of(ONE, SECOND));

  @Test
  void the_table_with_most_routes_is_the_one_that_is_full_first() {
    assertThat(hub.counting(new Complete<>(List.of(table(1, 2), table(2, 3), table(3, 1)))))
        .extracting(HubSight::fullestTable)
        .isEqualTo(3);
    assertThat(hub.counting(new Complete<>(List.of())).fullestTable()).isZero();
  }

  @Test
  void of_an_account_only_the_connection_that_is_asked_about_is_looked_at() {
    assertThat(of(Map.of())).containsExactly(ONE, SECOND);
    assertThat(of(Map.of("only", SECOND.id().value()))).containsExactly(SECOND);
    assertThat(hub.of(Samples.OTHER_ACCOUNT, Samples.HUB_VPC, ReconcileOrder.of(Map.of())))
        .isEmpty();
  }

  private List<Peering> of(Map<String, String> order) {
    return hub.of(Samples.SERVICE_ACCOUNT, Samples.HUB_VPC, ReconcileOrder.of(order));
  }

  private static RouteTable table(int n, int routes) {
    return new RouteTable(
        new RouteTableId("rtb-0000000" + n),
        Samples.HUB_VPC,
        IntStream.range(0, routes)
            .mapToObj(
                at -> new Route(new Cidr("10." + at + ".0.0/16"), "igw-1", Route.State.ACTIVE))
            .toList(),
        Map.of());
  }
}
