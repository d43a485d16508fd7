package io.peerway.plan.reconcile;

import io.peerway.model.AccountLook;
import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.notices.Restorations;
import io.peerway.plan.report.History;
import io.peerway.plan.report.Settled;
import io.peerway.plan.rules.LostClaim;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the connections of an account lack since somebody has changed something in its VPCs, by the
 * same comparison as the hourly run's. The accounts' own tools change tags, routes and rules all
 * day: only where something is not as the VPC now asks, and we can mend it, is anything started.
 */
public final class ChangesInside {
  private static final ReconcileOrder ORDER = ReconcileOrder.of(Map.of("accounts", "connected"));

  private final Settings settings;
  private final AccountLook look;
  private final HubSight hub;
  private final Instant now;
  private final List<Peering> connections;

  /**
   * Of one account.
   *
   * @param spared connections for which something is to be done anyway
   */
  public ChangesInside(
      Settings settings, AccountLook look, HubSight hub, Set<Place> spared, Instant now) {
    this.settings = settings;
    this.look = look;
    this.hub = hub;
    this.now = now;
    this.connections =
        hub.peerings().stream()
            .filter(peering -> peering.joins(settings.hubVpc()))
            .filter(peering -> service(peering).account().equals(look.accountId()))
            .filter(peering -> peering.status().isAccepted() && peering.isClaimed())
            .filter(peering -> !LostClaim.isLost(peering) && !spared.contains(peering.id()))
            .filter(peering -> hasChanged(peering) || mayBeRestored(peering))
            .toList();
  }

  /** Whether such a look may have a reason to read connections of the account. */
  public static boolean concern(AccountLook look) {
    return look.removed() || look.throughout() || !look.changed().isEmpty();
  }

  private boolean hasChanged(Peering peering) {
    return look.mayHaveChanged(service(peering).vpc());
  }

  private boolean mayBeRestored(Peering peering) {
    return look.removed() && !Restorations.of(peering, now).needsNoLook(now);
  }

  /** The Regions to read. */
  public Set<Region> regions() {
    return connections.stream()
        .map(peering -> service(peering).region())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The VPCs there whose route tables and groups are to be read. */
  public Set<VpcId> vpcs(Region region) {
    return connections.stream()
        .map(this::service)
        .filter(side -> side.region().equals(region))
        .map(VpcSide::vpc)
        .collect(Collectors.toSet());
  }

  /**
   * What is to be done.
   *
   * @param sight that of {@link #regions}
   */
  public List<Start> starts(AccountSight sight, Membership membership) {
    Map<PeeringId, String> mended = mended(sight, membership);
    List<Start> starts = new ArrayList<>();
    mended.forEach((peering, reason) -> starts.add(start(peering, reason)));
    connections.stream()
        .filter(peering -> !mended.containsKey(peering.id()) && hasNews(peering, sight))
        .forEach(
            peering ->
                starts.add(
                    new Start.Connect(
                        look.accountId(),
                        peering.id(),
                        "tags of its groups are not those that people know of")));
    return List.copyOf(starts);
  }

  // Whoever removes what is ours is counted; whoever asks for something is not.
  private Start start(PeeringId at, String what) {
    Predicate<Peering> isIt = peering -> peering.id().equals(at);
    return connections.stream().filter(isIt).anyMatch(this::hasChanged)
        ? new Start.Connect(look.accountId(), at, what)
        : new Start.Restore(look.accountId(), at, what);
  }

  // What connect would mend, and why.
  private Map<PeeringId, String> mended(AccountSight sight, Membership membership) {
    HubSight those = new HubSight(hub.vpc(), hub.vpnAddresses(), connections);
    Inspection found =
        new AccountCheck(settings, look.accountId(), those, ORDER)
            .check(sight, membership, () -> new Complete<>(List.of()));
    Map<PeeringId, String> mended = new LinkedHashMap<>();
    for (Start repair : Settled.of(ORDER, found, History.NONE).repairs()) {
      if (repair instanceof Start.Connect(var account, PeeringId peering, String reason)) {
        mended.put(peering, reason);
      }
    }
    return mended;
  }

  // Of slips in the groups' tags people hear from connect.
  private boolean hasNews(Peering peering, AccountSight sight) {
    VpcSide side = service(peering);
    return hasChanged(peering)
        && sight
            .in(side.region())
            .filter(
                seen ->
                    !SecurityGroupPlan.slips(
                            seen.groupsOf(side.vpc()),
                            settings.hubVpc(),
                            settings.ports(),
                            hub.vpnAddresses())
                        .areThose(peering.tags().getOrDefault(Tags.SLIPS, "")))
            .isPresent();
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
