package io.peerway.plan.reconcile;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.network.RoutedVpc;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What has to be read of one service account before {@link AccountCheck} can judge it. */
public final class AccountReads {
  private final Settings settings;
  private final AccountId account;
  private final HubSight hub;
  private final ReconcileOrder order;
  private final List<Peering> peerings;

  /** What is needed of one account. */
  public AccountReads(Settings settings, AccountId account, HubSight hub, ReconcileOrder order) {
    this.settings = settings;
    this.account = account;
    this.hub = hub;
    this.order = order;
    this.peerings = hub.of(account, settings.hubVpc(), order);
  }

  /** The Regions to enter. */
  public Set<Region> regions() {
    Set<Region> regions =
        peerings.stream()
            .map(peering -> service(peering).region())
            .collect(Collectors.toCollection(TreeSet::new));
    if (looksForVpcs()) {
      regions.addAll(settings.regions());
    }
    return regions;
  }

  /** Whether all VPCs are looked at, for tags and for what was left in them. */
  public boolean looksAtAllVpcs() {
    return order.looksForVpcs();
  }

  /** Whether it has a connection, or asks for one. */
  public boolean isConnected() {
    return !peerings.isEmpty();
  }

  /** The VPCs in a Region whose route tables and security groups are needed. */
  public Set<VpcId> peered(Region region) {
    return peeringsIn(region).stream()
        .map(peering -> service(peering).vpc())
        .collect(Collectors.toSet());
  }

  /**
   * Whether the VPCs themselves have to be read: for their tags, or where the route tables do not
   * show the admitted CIDRs. That a tag was taken off and its event was lost is seen where all is
   * looked at, or the one connection.
   *
   * @param tables those of {@link #peered}
   */
  public boolean needsVpcs(Region region, Map<VpcId, Complete<RouteTable>> tables) {
    return looksForVpcs()
        || peeringsIn(region).stream()
            .anyMatch(
                peering ->
                    looksForTag(peering)
                        || !wasAdmitted(peering)
                        || showOtherCidrs(tables, peering));
  }

  private boolean showOtherCidrs(Map<VpcId, Complete<RouteTable>> tables, Peering peering) {
    VpcSide side = service(peering);
    Complete<RouteTable> own = tables.getOrDefault(side.vpc(), new Complete<>(List.of()));
    try {
      return !own.items().isEmpty() && !AccountPlan.isAdmitted(RoutedVpc.of(side, own), peering);
    } catch (Drifted damaged) {
      return false; // nothing of it can be compared
    }
  }

  private boolean looksForTag(Peering peering) {
    return peering.isByTag() && order.only() != null;
  }

  /** What the organisation has to be asked about an account. */
  public enum Question {
    NOTHING,
    /** The units it lies in. */
    UNITS,
    /** Whether it is an active member, and the units. */
    MEMBERSHIP
  }

  /**
   * What to ask the organisation: nothing where the account itself proves that it may connect, and
   * no more than its units where it was listed among the active ones.
   */
  public Question question(AccountSight sight) {
    if (!membershipMatters(sight)) {
      return Question.NOTHING;
    }
    // Only the listing leads to an account without a connection.
    if (looksForVpcs() && (!isConnected() || hub.lists(account))) {
      return settings.allowedUnits().isEmpty() ? Question.NOTHING : Question.UNITS;
    }
    return Question.MEMBERSHIP;
  }

  private boolean membershipMatters(AccountSight sight) {
    // Who asks about one connection wants to know all of it.
    return order.only() != null
        || (looksForVpcs() && isConnected())
        || !sight.unread().isEmpty()
        || peerings.stream().anyMatch(peering -> !wasAdmitted(peering))
        || !tagged(sight).isEmpty();
  }

  /** The membership of an account of which nothing speaks against it. */
  public Membership presumed() {
    return presumed(settings.allowedUnits());
  }

  /** That of an active account in these units. */
  public Membership presumed(List<String> units) {
    return new Membership.Member(settings.organizationId(), true, units);
  }

  private boolean looksForVpcs() {
    return order.looksForVpcs();
  }

  private List<RegionalVpc> tagged(AccountSight sight) {
    return sight.vpcs().stream()
        .filter(seen -> seen.vpc().wantsConnection())
        .filter(seen -> hub.peerings().stream().noneMatch(p -> p.joins(seen.vpc().id())))
        .toList();
  }

  private List<Peering> peeringsIn(Region region) {
    return peerings.stream().filter(peering -> service(peering).region().equals(region)).toList();
  }

  private static boolean wasAdmitted(Peering peering) {
    return peering.status().isAccepted() && peering.isClaimed();
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
