package io.peerway.plan.reconcile;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.leftovers.Leftovers;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
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
      AccountSight sight, Membership membership, Supplier<Complete<RouteTable>> hubTables) {
    ConnectionCheck connections =
        new ConnectionCheck(settings, account, hub, membership, hubTables);
    Inspection found = Inspection.NOTHING;
    for (Peering peering : peerings) {
      found = found.and(connections.of(peering, sight));
    }
    found = found.and(Leftovers.of(sight, account, this::ownVpcs, hub));
    if (order.only() == null) {
      found = found.and(TaggedVpcCheck.of(settings, account, membership, hub, sight));
    }
    boolean mayConnect = Eligibility.objection(account, membership, settings).isEmpty();
    return mayConnect ? found.and(ClosedRegions.of(sight, account, connectedRegions())) : found;
  }

  private Set<VpcId> ownVpcs(AccountSight.Seen seen) {
    Set<VpcId> own = new TreeSet<>();
    seen.listed().stream()
        .map(RegionalVpc::vpc)
        .filter(vpc -> vpc.owner().equals(account))
        .forEach(vpc -> own.add(vpc.id()));
    peerings.stream()
        .map(this::service)
        .filter(side -> side.region().equals(seen.region()))
        .forEach(side -> own.add(side.vpc()));
    return own;
  }

  private Set<Region> connectedRegions() {
    return peerings.stream().map(peering -> service(peering).region()).collect(Collectors.toSet());
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
