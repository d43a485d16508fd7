package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.events.HubDamage;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose route it was that somebody took out of a table of the hub VPC. */
class HubRepairTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Cidr CLAIMED = new Cidr("10.110.0.0/16");
  private static final RouteTableId TABLE = new RouteTableId("rtb-00000001");
  private static final Peering ADMITTED =
      Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, CLAIMED.value());

  @Test
  void a_route_was_the_connection_s_that_was_admitted_with_its_destination() {
    List<Peering> live =
        List.of(
            ofOtherVpcs(),
            other("pcx-00000002", PeeringStatus.PENDING_ACCEPTANCE, CLAIMED.value()),
            other("pcx-00000003", PeeringStatus.ACTIVE, "nonsense"),
            other("pcx-00000004", PeeringStatus.ACTIVE, "10.111.0.0/16"),
            ADMITTED);
    assertThat(claimant(live, CLAIMED)).map(Peering::id).contains(Samples.PEERING);
    assertThat(claimant(live, new Cidr("10.112.0.0/16"))).isEmpty();
  }

  @Test
  void one_whose_routes_are_removed_again_and_again_is_left_to_the_hourly_run() {
    Peering often = Samples.tagged(ADMITTED, Tags.RESTORED, NOW.minusSeconds(60) + " 4 execution");
    assertThat(claimant(List.of(often), CLAIMED)).isEmpty();
  }

  @Test
  void what_is_missing_in_that_table_is_said_and_what_others_lack_is_not() {
    assertThat(missing(false, table(TABLE), table(new RouteTableId("rtb-00000002"))))
        .contains("add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001");
    assertThat(missing(false, table(new RouteTableId("rtb-00000002")))).isEmpty();
    assertThat(missing(true, table(TABLE, to(Samples.PEERING.value())))).isEmpty();
  }

  @Test
  void a_route_that_leads_elsewhere_is_said_only_where_it_has_just_taken_the_place_of_ours() {
    RouteTable taken = table(TABLE, to("tgw-0123456789abcdef0"));
    assertThat(missing(true, taken)).get().asString().contains("tgw-0123456789abcdef0", "not ours");
    assertThat(missing(false, taken)).isEmpty();
  }

  private static Optional<Peering> claimant(List<Peering> live, Cidr destination) {
    return HubRepair.claimant(
        taken(destination, false), new Complete<>(live), Samples.HUB_VPC, NOW);
  }

  private static Optional<String> missing(boolean replaced, RouteTable... tables) {
    return HubRepair.missing(taken(CLAIMED, replaced), ADMITTED, new Complete<>(List.of(tables)));
  }

  private static HubDamage.RouteTaken taken(Cidr destination, boolean replaced) {
    return new HubDamage.RouteTaken(TABLE, destination, replaced, "somebody");
  }

  private static Peering other(String id, PeeringStatus status, String claim) {
    return Samples.other(new PeeringId(id), status, claim);
  }

  private static Peering ofOtherVpcs() {
    VpcSide hubAccount =
        new VpcSide(
            Samples.HUB_ACCOUNT, Samples.REGION, new VpcId("vpc-0eeeeeeeeeeeeeeee"), List.of());
    return new Peering(
        new PeeringId("pcx-00000001"),
        PeeringStatus.ACTIVE,
        Samples.serviceSide(),
        hubAccount,
        ADMITTED.tags());
  }

  private static RouteTable table(RouteTableId id, Route... routes) {
    return new RouteTable(id, Samples.HUB_VPC, List.of(routes), Map.of());
  }

  private static Route to(String target) {
    return new Route(CLAIMED, target, Route.State.ACTIVE);
  }
}
