package io.peerway.plan.reconcile;

import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Repair;
import io.peerway.plan.network.SecurityGroupPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What connections that are over have left in a service VPC, because its account's owner did not
 * let it go then.
 *
 * <p>A group and an opening say themselves that they are ours ({@link SecurityGroupPlan#removal}).
 * A route does not: it is ours where it leads to the hub VPC's addresses, through a peering
 * connection that is gone and was none of the account with somebody else.
 */
public final class Leftovers {

  /** Whose a peering connection is that the hub account does not show as live. */
  public enum Whose {
    /** It joined the hub VPC and is over, or nobody remembers it: its routes lead nowhere. */
    OURS,
    /** It is live, or joins another VPC. */
    OTHERS,
    /** The account's owner does not let us look. */
    UNKNOWN
  }

  private Leftovers() {}

  /**
   * What was left in one VPC, and its removal.
   *
   * @param sight of the Region, with the route tables and groups of the VPC
   */
  static Inspection of(RegionSight.Seen sight, AccountId account, VpcId vpc, HubSight hub) {
    String at = Finding.LEFT_IN + vpc;
    List<Change> changes =
        new ArrayList<>(routes(sight.tablesOf(vpc), hub.cidrs(), hub.peerings(), sight.whose()));
    changes.addAll(openings(sight.groupsOf(vpc), vpc, hub.vpc().id(), hub.peerings()));
    List<Finding> findings = new ArrayList<>();
    changes.forEach(change -> findings.add(Finding.drift(at, change)));
    candidates(sight.tablesOf(vpc), hub.cidrs(), hub.peerings()).stream()
        .filter(peering -> sight.whose().get(peering) == Whose.UNKNOWN)
        .forEach(
            peering ->
                findings.add(
                    Finding.leftAlone(
                        "routes of " + vpc,
                        "some lead nowhere, to "
                            + peering
                            + ", and account "
                            + account
                            + " does not let us see whose it was")));
    return new Inspection(
        findings,
        changes.isEmpty()
            ? List.of()
            : List.of(
                Repair.leave(
                    at, account, sight.region(), vpc, "what an ended connection has left")));
  }

  /**
   * Whose a peering connection is.
   *
   * @param seen as its account shows it: a deleted one for two hours after its end (VPC peering
   *     guide, "VPC peering connection lifecycle"), a live one always
   */
  public static Whose whose(Optional<Peering> seen, VpcId hub) {
    boolean ours =
        seen.isEmpty()
            || (seen.get().joins(hub)
                && !seen.get().status().isPending()
                && !seen.get().status().isAccepted());
    return ours ? Whose.OURS : Whose.OTHERS;
  }

  /**
   * The peering connections of which that has to be asked.
   *
   * @param hubCidrs of the hub VPC
   * @param live the hub VPC's peering connections that are not over
   */
  public static Set<PeeringId> candidates(
      Complete<RouteTable> tables, List<Cidr> hubCidrs, List<Peering> live) {
    Set<PeeringId> ids = new TreeSet<>();
    for (RouteTable table : tables.items()) {
      table.routes().stream()
          .filter(route -> isCandidate(route, hubCidrs, live))
          .forEach(route -> ids.add(new PeeringId(route.target())));
    }
    return ids;
  }

  private static boolean isCandidate(Route route, List<Cidr> hubCidrs, List<Peering> live) {
    return route.state() == Route.State.BLACKHOLE
        && route.target().startsWith("pcx-")
        && hubCidrs.contains(route.destination())
        && live.stream().noneMatch(peering -> route.belongsTo(peering.id()));
  }

  /**
   * The routes that are ours.
   *
   * @param whose of every candidate
   */
  public static List<Change> routes(
      Complete<RouteTable> tables,
      List<Cidr> hubCidrs,
      List<Peering> live,
      Map<PeeringId, Whose> whose) {
    List<Change> changes = new ArrayList<>();
    for (RouteTable table : tables.items()) {
      table.routes().stream()
          .filter(route -> isCandidate(route, hubCidrs, live))
          .map(
              route ->
                  new Change.RemoveRoute(
                      table.id(), route.destination(), new PeeringId(route.target())))
          .filter(change -> whose.get(change.peering()) == Whose.OURS)
          .forEach(changes::add);
    }
    return List.copyOf(changes);
  }

  /**
   * Our group and openings, where the VPC has no peering connection with the hub VPC: of one that
   * has, {@code connect} and {@code disconnect} take care.
   */
  public static List<Change> openings(
      Complete<SecurityGroup> groups, VpcId vpc, VpcId hub, List<Peering> live) {
    return isJoined(vpc, live) ? List.of() : SecurityGroupPlan.removal(groups, hub);
  }

  private static boolean isJoined(VpcId vpc, List<Peering> live) {
    return live.stream().anyMatch(peering -> peering.joins(vpc));
  }
}
