package io.peerway.plan;

import io.peerway.model.Complete;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.PeeringStatus;
import io.peerway.model.VpcId;
import java.util.List;

/**
 * Requests to the hub VPC that nobody may have told us of: those of accounts that do not forward
 * their events.
 */
public final class PendingRequests {
  private PendingRequests() {}

  /** Every request that waits for the hub's acceptance. */
  public static List<PeeringId> undecided(Complete<Peering> live, VpcId hub) {
    return live.items().stream()
        .filter(
            peering ->
                peering.status() == PeeringStatus.PENDING_ACCEPTANCE
                    && peering.accepter().vpc().equals(hub))
        .map(Peering::id)
        .sorted()
        .toList();
  }
}
