package io.peerway.plan.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.nat.VpnCount;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.seen.Measures.Measure;
import io.peerway.plan.seen.Measures.Unit;
import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final InstanceId VPN = new InstanceId("i-0cccccccccccccccc");
  private static final InstanceId OTHER_VPN = new InstanceId("i-0dddddddddddddddd");

  @Test
  void a_run_is_measured_and_what_is_zero_is_left_out() {
    assertThat(measures(new Runs().counted(count(VPN, 800, 7L)).report(), Runs.CONNECTED))
        .containsExactlyInAnyOrder(
            new Measure("Connections", Unit.COUNT, 1, "State", "connected"),
            new Measure("PeeringsUsed", Unit.PERCENT, 2, null, null),
            new Measure("RoutesUsed", Unit.PERCENT, 2, null, null),
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 80, "Instance", VPN.value()),
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 80, null, null),
            new Measure("InsertFailed", Unit.COUNT, 7, "Instance", VPN.value()),
            new Measure("InsertFailed", Unit.COUNT, 7, null, null));
    Runs drifted =
        new Runs()
            .counted(new VpnCount(VPN, null, null, null, null))
            .changed(Samples.PEERING + ": add route a, since before noon");
    assertThat(measures(drifted.report(), Runs.CONNECTED))
        .containsExactlyInAnyOrder(
            new Measure("Connections", Unit.COUNT, 0, "State", "connected"),
            new Measure("Connections", Unit.COUNT, 1, "State", "drifted"),
            new Measure("DriftFound", Unit.COUNT, 1, null, null),
            new Measure("PeeringsUsed", Unit.PERCENT, 2, null, null),
            new Measure("RoutesUsed", Unit.PERCENT, 2, null, null));
  }

  @Test
  void of_several_vpn_instances_the_fullest_and_all_losses_are_measured_besides_each() {
    Runs run = new Runs().counted(count(VPN, 800, 7L)).counted(count(OTHER_VPN, 300, 0L));
    assertThat(measures(run.report(), Runs.CONNECTED))
        .filteredOn(
            measure -> List.of("TrackedConnectionsUsed", "InsertFailed").contains(measure.metric()))
        .containsExactlyInAnyOrder(
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 80, "Instance", VPN.value()),
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 30, "Instance", OTHER_VPN.value()),
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 80, null, null),
            new Measure("InsertFailed", Unit.COUNT, 7, "Instance", VPN.value()),
            new Measure("InsertFailed", Unit.COUNT, 7, null, null));
  }

  @Test
  void
      a_request_takes_no_room_of_the_hub_vpc_and_without_a_look_at_its_routes_nobody_counts_them() {
    Peering request =
        Samples.in(
            Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, ""),
            PeeringStatus.PENDING_ACCEPTANCE);
    PastReport blind =
        new PastReport("plan", "all", null, null, null, null, null, null, null, null, null);
    assertThat(measures(blind, Runs.CONNECTED.without(Tags.CIDRS), request))
        .containsExactlyInAnyOrder(
            new Measure("Connections", Unit.COUNT, 0, "State", "connected"),
            new Measure("Connections", Unit.COUNT, 1, "State", "unknown"),
            new Measure("Connections", Unit.COUNT, 1, "State", "waiting"),
            new Measure("PeeringsUsed", Unit.PERCENT, 2, null, null));
  }

  private static VpnCount count(InstanceId instance, int tracked, long lost) {
    return new VpnCount(instance, tracked, 1000, lost, lost);
  }

  private static List<Measure> measures(PastReport report, Peering... peerings) {
    return Measures.of(new Complete<>(List.of(peerings)), report, Samples.settings(), Runs.NOW);
  }
}
