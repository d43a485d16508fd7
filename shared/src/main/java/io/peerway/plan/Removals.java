package io.peerway.plan;

import io.peerway.model.AccountId;
import io.peerway.model.Complete;
import io.peerway.model.Membership;
import io.peerway.model.Peering;
import io.peerway.model.Region;
import io.peerway.model.VpcId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody has removed of ours in an account, by the same comparison as the hourly run's. The
 * accounts' own tools remove routes and rules all day: only where something is missing that we can
 * mend is anything started.
 */
public final class Removals {
  private static final ReconcileOrder ORDER = ReconcileOrder.of(Map.of("accounts", "connected"));

  private final Settings settings;
  private final AccountId account;
  private final HubSight hub;
  private final Instant now;
  private final List<Peering> connections;

  /** Of one account. */
  public Removals(Settings settings, AccountId account, HubSight hub, Instant now) {
    this.settings = settings;
    this.account = account;
    this.hub = hub;
    this.now = now;
    this.connections =
        hub.peerings().stream()
            .filter(peering -> peering.joins(settings.hubVpc()))
            .filter(
                peering -> Parties.service(peering, settings.hubVpc()).account().equals(account))
            .filter(peering -> peering.status().isAccepted() && peering.isClaimed())
            .filter(peering -> !LostClaim.isLost(peering))
            .filter(peering -> !Restorations.of(peering, now).needsNoLook(now))
            .toList();
  }

  /** The Regions to read. */
  public Set<Region> regions() {
    return connections.stream()
        .map(peering -> Parties.service(peering, settings.hubVpc()).region())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The VPCs there whose route tables and groups are to be read. */
  public Set<VpcId> vpcs(Region region) {
    return connections.stream()
        .map(peering -> Parties.service(peering, settings.hubVpc()))
        .filter(side -> side.region().equals(region))
        .map(side -> side.vpc())
        .collect(Collectors.toSet());
  }

  /**
   * What is missing.
   *
   * @param sights those of {@link #regions}
   */
  public List<AccountAction> missing(List<RegionSight> sights, Membership membership) {
    HubSight those = new HubSight(hub.vpc(), hub.vpnAddresses(), connections);
    Inspection found =
        new AccountCheck(settings, account, those, ORDER)
            .check(sights, membership, () -> new Complete<>(List.of()));
    DriftReport report =
        DriftReport.of(
            ORDER, connections.size(), found, new Since(Optional.empty(), now), History.NONE);
    return report.todo().stream()
        .filter(repair -> repair.kind() == Repair.Kind.CONNECT)
        .<AccountAction>map(
            repair ->
                new AccountAction.Restore(
                    Objects.requireNonNull(repair.peeringId()), repair.reason()))
        .toList();
  }
}
