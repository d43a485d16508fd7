package io.peerway.plan.leftovers;

import io.peerway.model.Start;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.plan.sight.Whose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What connections that are over have left in a service VPC, because its account's owner did not
 * let it go then.
 *
 * <p>A group and an opening say themselves that they are ours ({@link SecurityGroupPlan#removal}).
 * A route does not: it is ours where it leads to the hub VPC's addresses, through a peering
 * connection that is gone and was none of the account with somebody else.
 */
public final class Leftovers {

  private Leftovers() {}

  /**
   * What was left in the VPCs of one account.
   *
   * @param vpcs those of its own in a Region: another's are shared with it, and are looked at there
   */
  public static Inspection of(
      AccountSight sight,
      AccountId account,
      Function<AccountSight.Seen, Set<VpcId>> vpcs,
      HubSight hub) {
    Inspection found = Inspection.NOTHING;
    for (AccountSight.Seen seen : sight.seen()) {
      for (VpcId vpc : vpcs.apply(seen)) {
        found = found.and(of(seen, account, vpc, hub));
      }
    }
    return found;
  }

  /**
   * What was left in one VPC, and its removal.
   *
   * @param sight of the Region, with the route tables and groups of the VPC
   */
  static Inspection of(AccountSight.Seen sight, AccountId account, VpcId vpc, HubSight hub) {
    Place at = new Place.LeftIn(vpc);
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
                        new Place.RoutesOf(vpc),
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
                new Start.Leave(
                    account, sight.region(), vpc, "what an ended connection has left")));
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
          .forEach(route -> route.peering().ifPresent(ids::add));
    }
    return ids;
  }

  private static boolean isCandidate(Route route, List<Cidr> hubCidrs, List<Peering> live) {
    return route.state() == Route.State.BLACKHOLE
        && route.peering().isPresent()
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
          .forEach(
              route ->
                  route
                      .peering()
                      .filter(id -> whose.get(id) == Whose.OURS)
                      .map(id -> new Change.RemoveRoute(table.id(), route.destination(), id))
                      .ifPresent(changes::add));
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
