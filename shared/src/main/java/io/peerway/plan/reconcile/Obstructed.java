package io.peerway.plan.reconcile;

import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import java.util.List;

/**
 * Connections of which people were told that something on a VPN instance lets no client through.
 */
public final class Obstructed {
  private Obstructed() {}

  /** What is to be done for them once nothing is in the way: {@code connect} looks, and tells. */
  public static Inspection cleared(List<Peering> peerings, VpcId hub, ReconcileOrder order) {
    Inspection found = Inspection.NOTHING;
    for (Peering peering : peerings) {
      if (order.includes(peering.id())
          && peering.status().isAccepted()
          && peering.isClaimed()
          && peering.isObstructed()) {
        String what =
            "say that VPN clients get through, since nothing on a VPN instance stops them";
        found =
            found.and(
                Inspection.of(
                    Finding.drift(peering.id(), what), Start.connect(peering, hub, what)));
      }
    }
    return found;
  }
}
