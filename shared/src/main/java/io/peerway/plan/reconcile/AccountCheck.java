package io.peerway.plan.reconcile;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountAction;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Repair;
import io.peerway.plan.rules.Eligibility;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares what one service account has with what it should have. What could not be read is
 * unknown: it never ends a connection.
 */
public final class AccountCheck {
  private final Settings settings;
  private final AccountId account;
  private final HubSight hub;
  private final ReconcileOrder order;
  private final List<Peering> peerings;

  /** A check of one account. */
  public AccountCheck(Settings settings, AccountId account, HubSight hub, ReconcileOrder order) {
    this.settings = settings;
    this.account = account;
    this.hub = hub;
    this.order = order;
    this.peerings = hub.of(account, settings.hubVpc(), order);
  }

  /**
   * Everything about the account.
   *
   * @param hubTables asked for only where something that nobody has admitted would be
   */
  public Inspection check(
      List<RegionSight> sights, Membership membership, Supplier<Complete<RouteTable>> hubTables) {
    ConnectionCheck connections =
        new ConnectionCheck(settings, account, hub, membership, hubTables);
    Inspection found = Inspection.NOTHING;
    for (Peering peering : peerings) {
      found = found.and(connections.of(peering, sight(sights, service(peering).region())));
    }
    return found
        .and(leftovers(sights))
        .and(requests(sights, membership))
        .and(unreadable(sights, membership));
  }

  // ---- what was left ---------------------------------------------------------------------------

  // Of the account's own VPCs: another's are shared with it, and are looked at there.
  private Inspection leftovers(List<RegionSight> sights) {
    Inspection found = Inspection.NOTHING;
    for (RegionSight sight : sights) {
      if (sight instanceof RegionSight.Seen seen) {
        for (VpcId vpc : ownVpcs(seen)) {
          found = found.and(Leftovers.of(seen, account, vpc, hub));
        }
      }
    }
    return found;
  }

  private Set<VpcId> ownVpcs(RegionSight.Seen seen) {
    Set<VpcId> own = new TreeSet<>();
    RegionSight.vpcs(List.of(seen)).stream()
        .map(RegionalVpc::vpc)
        .filter(vpc -> vpc.owner().equals(account))
        .forEach(vpc -> own.add(vpc.id()));
    peeringsIn(seen.region()).forEach(peering -> own.add(service(peering).vpc()));
    return own;
  }

  // ---- VPCs that ask for a connection ----------------------------------------------------------

  private Inspection requests(List<RegionSight> sights, Membership membership) {
    if (order.only() != null) {
      return Inspection.NOTHING;
    }
    List<RegionalVpc> vpcs = RegionSight.vpcs(sights);
    Inspection found = Inspection.NOTHING;
    for (AccountAction action :
        new AccountPlan(settings, account, membership, hub.vpc(), hub.live()).forTagged(vpcs)) {
      found = found.and(request(action, vpcs));
    }
    return found;
  }

  private Inspection request(AccountAction action, List<RegionalVpc> vpcs) {
    return switch (action) {
      case AccountAction.Request(Region region, VpcId vpc) ->
          vpcs.stream()
              .filter(wanted -> wanted.vpc().id().equals(vpc))
              .map(
                  wanted ->
                      Inspection.of(
                          Finding.drift(
                              vpc, "connect it, account " + account + " in " + region + " asks"),
                          Repair.request(account, wanted, "tag " + Tags.CONNECT + "=true")))
              .findFirst()
              .orElse(Inspection.NOTHING);
      case AccountAction.Refuse(VpcId vpc, String reason) ->
          Inspection.of(Finding.leftAlone(vpc, reason));
      case AccountAction.LeaveRegion leave -> Inspection.NOTHING;
      case AccountAction.Connect connect -> Inspection.NOTHING;
      case AccountAction.Restore restore -> Inspection.NOTHING;
      case AccountAction.Disconnect disconnect -> Inspection.NOTHING;
    };
  }

  // Where there is no connection that could be unknown, the Region itself is told of; an account
  // that may not connect has no role, and need not have one.
  private Inspection unreadable(List<RegionSight> sights, Membership membership) {
    List<RegionSight.Unknown> unread =
        sights.stream()
            .filter(RegionSight.Unknown.class::isInstance)
            .map(RegionSight.Unknown.class::cast)
            .filter(sight -> peeringsIn(sight.region()).isEmpty())
            .toList();
    if (unread.isEmpty() || Eligibility.objection(account, membership, settings).isPresent()) {
      return Inspection.NOTHING;
    }
    if (peerings.isEmpty()) {
      return Inspection.unread(List.of(account), inShort(unread, sights.size()));
    }
    return new Inspection(
        unread.stream()
            .map(
                sight ->
                    Finding.leftAlone(
                        "account " + account + " in " + sight.region(),
                        "cannot be read: " + sight.why()))
            .toList(),
        List.of());
  }

  // The same words for every account with the same failure, so that they can be counted.
  private static String inShort(List<RegionSight.Unknown> unread, int regions) {
    String errors =
        unread.stream()
            .map(RegionSight.Unknown::error)
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

  private static RegionSight sight(List<RegionSight> sights, Region region) {
    return sights.stream()
        .filter(sight -> sight.region().equals(region))
        .findFirst()
        .orElseGet(() -> new RegionSight.Unknown(region, "NotRead", region + " was not read"));
  }

  private List<Peering> peeringsIn(Region region) {
    return peerings.stream().filter(peering -> service(peering).region().equals(region)).toList();
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
