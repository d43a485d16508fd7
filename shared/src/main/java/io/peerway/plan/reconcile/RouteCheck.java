package io.peerway.plan.reconcile;

import io.peerway.model.Start;
import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.network.Obstacles;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.rules.LostClaim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the route tables of one side have and should not have, or lack. */
public final class RouteCheck {
  private RouteCheck() {}

  /**
   * The hub's routes to every connection that was admitted, and what others have in their way.
   *
   * @param subnets those of the VPN instances
   */
  public static Inspection hub(
      Obstacles.Side side, List<String> subnets, List<Peering> peerings, Settings settings) {
    Inspection found = Inspection.NOTHING;
    for (Peering peering : peerings) {
      found = found.and(hub(side, subnets, peering, settings));
    }
    return found;
  }

  private static Inspection hub(
      Obstacles.Side side, List<String> subnets, Peering peering, Settings settings) {
    // Of one whose claim is lost, the look at its account finds what it was.
    if (!peering.status().isAccepted() || !peering.isClaimed() || LostClaim.isLost(peering)) {
      return Inspection.NOTHING;
    }
    List<Finding> findings = new ArrayList<>(of(side.tables(), peering.claim(), peering));
    Obstacles.ofHub(side, subnets, peering.claim(), settings.ports(), peering.id())
        .forEach(obstacle -> findings.add(Finding.of(peering.id(), obstacle)));
    return mended(peering, settings.hubVpc(), findings);
  }

  /** With a run of {@code connect} where there is something to mend. */
  static Inspection mended(Peering peering, VpcId hub, List<Finding> findings) {
    return new Inspection(
        findings,
        findings.stream()
            .filter(finding -> finding.sort() == Finding.Sort.DRIFT)
            .limit(1)
            .map(finding -> Start.connect(peering, hub, finding.what()))
            .toList());
  }

  /**
   * What the route tables of one VPC lack, or have too much.
   *
   * @param destinations where routes through the peering connection should lead
   */
  static List<Finding> of(Complete<RouteTable> tables, List<Cidr> destinations, Peering peering) {
    List<Finding> findings = new ArrayList<>();
    try {
      for (Change change : RoutePlan.plan(tables, destinations, peering.id())) {
        findings.add(Finding.drift(peering.id(), change, tables.items().getFirst().vpc()));
      }
    } catch (ForeignRoute | BlackholeRoute taken) {
      findings.add(Finding.leftAlone(peering.id(), taken.beside(peering.id())));
    }
    if (peering.status() == PeeringStatus.ACTIVE) {
      findings.addAll(blackholes(tables, peering.id()));
    }
    return List.copyOf(findings);
  }

  // Through an active peering connection there is none. If AWS shows one all the same, adding the
  // route again would not mend it.
  private static List<Finding> blackholes(Complete<RouteTable> tables, PeeringId peering) {
    return tables.items().stream()
        .flatMap(
            table ->
                table.routes().stream()
                    .filter(
                        route -> route.belongsTo(peering) && route.state() == Route.State.BLACKHOLE)
                    .map(
                        route ->
                            Finding.leftAlone(
                                peering,
                                table.id()
                                    + ": "
                                    + route.destination()
                                    + " is a blackhole though the peering connection is active")))
        .toList();
  }

  /** Peering connections that the hub's tables still lead to, and that are not live. */
  public static Set<PeeringId> leftBehind(Complete<RouteTable> tables, List<Peering> live) {
    Set<PeeringId> ids = new HashSet<>();
    for (RouteTable table : tables.items()) {
      for (Route route : table.routes()) {
        route
            .peering()
            .filter(id -> live.stream().noneMatch(peering -> peering.id().equals(id)))
            .ifPresent(ids::add);
      }
    }
    return ids;
  }

  /**
   * A peering connection that is over, whose end nobody told us, or that somebody asks about: of a
   * live one of the hub VPC there is nothing to say.
   *
   * @param seen as EC2 shows it; it forgets one some hours after its end
   * @param isRouted whether tables of the hub VPC lead to it
   */
  public static Inspection leftBehind(
      PeeringId id, Optional<Peering> seen, VpcId hub, boolean isRouted) {
    if (seen.isEmpty() || !seen.get().joins(hub)) {
      return Inspection.of(
          Finding.leftAlone(
              id,
              isRouted
                  ? "routes of the hub VPC lead to it, but EC2 does not show it as a peering of the"
                      + " hub VPC (any more): delete those routes by hand"
                  : "EC2 does not show it as a peering of the hub VPC (any more), and no route of"
                      + " the hub VPC leads to it"));
    }
    Peering peering = seen.get();
    if (peering.status().isPending() || peering.status().isAccepted()) {
      return Inspection.NOTHING;
    }
    String reason = "the peering connection is " + peering.status().code();
    return Inspection.of(
        Finding.drift(id, "disconnect, because " + reason), Start.disconnect(peering, hub, reason));
  }
}
