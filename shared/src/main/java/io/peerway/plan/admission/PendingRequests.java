package io.peerway.plan.admission;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Settings;
import java.util.Comparator;
import java.util.List;

/**
 * Requests to the hub VPC that nobody may have told us of: those of accounts that do not forward
 * their events.
 */
public final class PendingRequests {
  private PendingRequests() {}

  /** Every request that waits for the hub's acceptance, and not for a person's only. */
  public static List<PeeringId> undecided(Complete<Peering> live, Settings settings) {
    return live.items().stream()
        .filter(
            peering ->
                peering.status() == PeeringStatus.PENDING_ACCEPTANCE
                    && peering.accepter().vpc().equals(settings.hubVpc()))
        .filter(peering -> !waitsForAPerson(peering, settings))
        .filter(peering -> peering.waitsForRoom().isEmpty() && !peering.waitsInAFreeze())
        .map(Peering::id)
        .sorted()
        .toList();
  }

  /** Those that were told to wait for room in the hub VPC, by their ids. */
  static List<Peering> waitingForRoom(Complete<Peering> live, Settings settings) {
    return live.items().stream()
        .filter(peering -> peering.joins(settings.hubVpc()))
        .filter(peering -> !peering.waitsForRoom().isEmpty())
        .sorted(Comparator.comparing(Peering::id))
        .toList();
  }

  /** Whether any was told so. */
  public static boolean anyWaitsForRoom(Complete<Peering> live, Settings settings) {
    return !waitingForRoom(live, settings).isEmpty();
  }

  // People have been told of it once, or are being told by the run that its tag has started.
  private static boolean waitsForAPerson(Peering peering, Settings settings) {
    return settings.approval() == Settings.Approval.MANUAL
        && peering.tags().containsKey(Tags.BY)
        && !peering.tags().containsKey(Tags.DECISION);
  }
}
