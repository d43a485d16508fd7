package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the hub's tables still have of a peering connection that is over. */
class RouteCheckTest {
  private static final PeeringId GONE = Samples.OTHER_PEERING;

  private final Peering live = Samples.request(PeeringStatus.ACTIVE);

  @Test
  void a_peering_connection_that_a_table_leads_to_and_that_is_not_live_was_left_behind() {
    assertThat(leftBehind(table("pcx-00000009"), table("local", live.id().value(), GONE.value())))
        .containsExactlyInAnyOrder(GONE, new PeeringId("pcx-00000009"));
  }

  @Test
  void several_routes_to_one_are_one() {
    assertThat(leftBehind(table(GONE.value(), GONE.value()), table(GONE.value())))
        .containsExactly(GONE);
  }

  @Test
  void what_leads_elsewhere_than_through_a_peering_connection_is_nothing_of_ours() {
    assertThat(leftBehind(table("local", "igw-0123456789abcdef0", "tgw-0123456789abcdef0")))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = PeeringStatus.class,
      names = {"FAILED", "EXPIRED", "REJECTED", "DELETING", "DELETED"})
  void one_that_is_over_has_to_be_disconnected_and_people_read_why(PeeringStatus over) {
    Inspection found = found(Samples.request(over));
    assertThat(found.findings())
        .containsExactly(
            Finding.drift(
                Samples.PEERING, "disconnect, because the peering connection is " + over.code()));
    assertThat(found.repairs())
        .containsExactly(
            new Start.Disconnect(
                Samples.SERVICE_ACCOUNT,
                Samples.PEERING,
                "the peering connection is " + over.code()));
  }

  @ParameterizedTest
  @EnumSource(
      value = PeeringStatus.class,
      names = {"INITIATING_REQUEST", "PENDING_ACCEPTANCE", "PROVISIONING", "ACTIVE"})
  void one_that_has_come_to_life_meanwhile_is_left_in_peace(PeeringStatus alive) {
    assertThat(found(Samples.request(alive))).isEqualTo(Inspection.NOTHING);
  }

  @Test
  void one_that_ec2_has_forgotten_is_left_to_people() {
    leftToPeople(RouteCheck.leftBehind(GONE, Optional.empty(), Samples.HUB_VPC, true));
  }

  @Test
  void of_one_that_no_route_leads_to_nobody_is_told_to_delete_routes() {
    assertThat(RouteCheck.leftBehind(GONE, Optional.empty(), Samples.HUB_VPC, false).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.sort()).isEqualTo(Finding.Sort.LEFT_ALONE);
              assertThat(finding.what())
                  .isEqualTo(
                      "EC2 does not show it as a peering of the hub VPC (any more), and no route of"
                          + " the hub VPC leads to it");
            });
  }

  @Test
  void one_of_other_vpcs_is_left_to_people_however_over_it_is() {
    leftToPeople(
        RouteCheck.leftBehind(
            GONE, Optional.of(Samples.request(PeeringStatus.DELETED)), Samples.OTHER_VPC, true));
  }

  private static void leftToPeople(Inspection found) {
    assertThat(found.repairs()).isEmpty();
    assertThat(found.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.sort()).isEqualTo(Finding.Sort.LEFT_ALONE);
              assertThat(finding.at()).isEqualTo(GONE);
              assertThat(finding.what()).contains("by hand");
            });
  }

  private static Inspection found(Peering seen) {
    return RouteCheck.leftBehind(seen.id(), Optional.of(seen), Samples.HUB_VPC, true);
  }

  private Set<PeeringId> leftBehind(RouteTable... tables) {
    return RouteCheck.leftBehind(new Complete<>(List.of(tables)), List.of(live));
  }

  private static RouteTable table(String... targets) {
    return new RouteTable(
        new RouteTableId("rtb-00000001"),
        Samples.HUB_VPC,
        List.of(targets).stream()
            .map(to -> new Route(new Cidr("10.110.0.0/16"), to, Route.State.BLACKHOLE))
            .toList(),
        Map.of());
  }
}
