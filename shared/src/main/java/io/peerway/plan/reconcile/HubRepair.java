package io.peerway.plan.reconcile;

import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import io.peerway.plan.events.HubDamage;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.notices.Restorations;
import io.peerway.plan.rules.LostClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a route that somebody took out of a route table of the hub VPC was ours. */
public final class HubRepair {
  private HubRepair() {}

  /**
   * The connection whose claim has that destination; empty where there is none, and where its
   * routes are removed again and again.
   */
  public static Optional<Peering> claimant(
      HubDamage.RouteTaken route, Complete<Peering> live, VpcId hub, Instant now) {
    return live.items().stream()
        .filter(peering -> peering.joins(hub) && peering.status().isAccepted())
        .filter(peering -> !LostClaim.isLost(peering))
        .filter(peering -> peering.claim().contains(route.destination()))
        .findFirst()
        .filter(peering -> !Restorations.of(peering, now).needsNoLook(now));
  }

  /**
   * What is missing in that table, in words. A route that leads elsewhere now is not ours to
   * change: {@code connect} is run all the same, and fails with its name, so that people hear of it
   * at once.
   */
  public static Optional<String> missing(
      HubDamage.RouteTaken route, Peering peering, Complete<RouteTable> tables) {
    List<RouteTable> table =
        tables.items().stream().filter(seen -> seen.id().equals(route.table())).toList();
    return RouteCheck.of(new Complete<>(table), peering.claim(), peering).stream()
        .filter(
            finding ->
                finding.sort() == Finding.Sort.DRIFT
                    || (route.replaced() && finding.sort() == Finding.Sort.LEFT_ALONE))
        .map(Finding::what)
        .findFirst();
  }
}
