package io.peerway.plan.reconcile;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Region;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.sight.AccountSight;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Regions of an account that cannot be read. Where there is a connection it is unknown, and says so
 * itself; elsewhere the Region is told of. (An account that may not connect has no role, and need
 * not have one.)
 */
final class ClosedRegions {
  private ClosedRegions() {}

  /**
   * What is said of them.
   *
   * @param connected where the account has connections
   */
  static Inspection of(AccountSight sight, AccountId account, Set<Region> connected) {
    List<AccountSight.Unread> unread =
        sight.unread().stream().filter(region -> !connected.contains(region.region())).toList();
    if (unread.isEmpty()) {
      return Inspection.NOTHING;
    }
    if (connected.isEmpty()) {
      return Inspection.unread(List.of(account), inShort(unread, sight.regions().size()));
    }
    return new Inspection(
        unread.stream()
            .map(
                region ->
                    Finding.leftAlone(
                        new Place.AccountIn(account, region.region()),
                        "cannot be read: " + region.why()))
            .toList(),
        List.of());
  }

  // The same words for every account with the same failure, so that they can be counted.
  private static String inShort(List<AccountSight.Unread> unread, int regions) {
    String errors =
        unread.stream()
            .map(AccountSight.Unread::error)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (unread.size() == regions) {
      return errors;
    }
    return unread.size() == 1
        ? errors + " in " + unread.getFirst().region()
        : errors + " in " + unread.size() + " Regions";
  }
}
