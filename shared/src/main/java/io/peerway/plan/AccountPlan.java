package io.peerway.plan;

import io.peerway.model.AccountId;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Membership;
import io.peerway.model.Peering;
import io.peerway.model.RegionalVpc;
import io.peerway.model.Vpc;
import io.peerway.model.VpcId;
import io.peerway.model.VpcSide;
import io.peerway.model.VpcSight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one service account needs: a peering for every tagged VPC, and an end to what is no longer
 * wanted.
 */
public final class AccountPlan {
  private final Settings settings;
  private final AccountId account;
  private final Membership membership;
  private final Vpc hub;
  private final List<Peering> peerings;

  /**
   * A plan for one account.
   *
   * @param hub the hub VPC, on which people's refusals are noted
   * @param live every live peering connection the hub account sees
   */
  public AccountPlan(
      Settings settings,
      AccountId account,
      Membership membership,
      Vpc hub,
      Complete<Peering> live) {
    this.hub = hub;
    this.settings = settings;
    this.account = account;
    this.membership = membership;
    this.peerings =
        live.items().stream()
            .filter(
                peering ->
                    peering.joins(settings.hubVpc())
                        && serviceOf(peering).account().equals(account))
            .toList();
  }

  /**
   * With every VPC of the account in every configured Region known.
   *
   * @param changed a VPC whose connection has to be gone through again in any case
   */
  public List<AccountAction> plan(Complete<RegionalVpc> vpcs, Optional<VpcId> changed) {
    List<AccountAction> actions = new ArrayList<>(forPeerings(sights(vpcs), changed));
    List<RegionalVpc> wanted =
        vpcs.items().stream()
            .filter(seen -> seen.vpc().wantsConnection() && !isAskedFor(seen.vpc().id()))
            .toList();
    Optional<String> objection = Eligibility.objection(account, membership, settings);
    int room = Math.max(0, settings.vpcsPerAccount() - peerings.size());
    for (int i = 0; i < wanted.size(); i++) {
      VpcId vpc = wanted.get(i).vpc().id();
      if (objection.isPresent()) {
        actions.add(new AccountAction.Refuse(vpc, objection.get()));
      } else if (hub.hasRefused(vpc)) {
        actions.add(new AccountAction.Refuse(vpc, Decision.reason(vpc)));
      } else if (i >= room) {
        actions.add(
            new AccountAction.Refuse(
                vpc,
                "account "
                    + account
                    + " would have "
                    + (peerings.size() + wanted.size())
                    + " connections, at most "
                    + settings.vpcsPerAccount()
                    + " are allowed"));
      } else {
        actions.add(new AccountAction.Request(wanted.get(i).region(), vpc));
      }
    }
    return List.copyOf(actions);
  }

  /**
   * With the account closed to us: only what the organisation or the peering connections say can
   * count.
   */
  public List<AccountAction> planUnseen(String why) {
    return forPeerings(peering -> new VpcSight.Unknown(why), Optional.empty());
  }

  private Function<Peering, VpcSight> sights(Complete<RegionalVpc> vpcs) {
    return peering ->
        vpcs.items().stream()
            .map(RegionalVpc::vpc)
            .filter(vpc -> vpc.id().equals(serviceOf(peering).vpc()))
            .findFirst()
            .<VpcSight>map(VpcSight.Seen::new)
            .orElseGet(() -> absent(peering));
  }

  // Only the configured Regions were read: a VPC elsewhere is unknown, not gone.
  private VpcSight absent(Peering peering) {
    return settings.regions().contains(serviceOf(peering).region())
        ? new VpcSight.Gone()
        : new VpcSight.Unknown("its Region was not read");
  }

  private List<AccountAction> forPeerings(
      Function<Peering, VpcSight> sightOf, Optional<VpcId> changed) {
    List<AccountAction> actions = new ArrayList<>();
    for (Peering peering : peerings) {
      VpcSight sight = sightOf.apply(peering);
      Optional<String> end = Withdrawal.reason(peering, membership, sight, settings);
      if (end.isPresent() && isLeftToItsEvent(peering)) {
        continue;
      }
      if (end.isPresent()) {
        actions.add(new AccountAction.Disconnect(peering.id(), end.get()));
      } else if (sight instanceof VpcSight.Seen(var vpc)) {
        reasonToConnect(vpc, peering, changed)
            .ifPresent(reason -> actions.add(new AccountAction.Connect(peering.id(), reason)));
      }
    }
    return actions;
  }

  // A request that was never let in: connect, started by its own event, refuses it.
  private static boolean isLeftToItsEvent(Peering peering) {
    return peering.status().isPending() && !peering.isByTag() && peering.claim().isEmpty();
  }

  private static Optional<String> reasonToConnect(
      Vpc vpc, Peering peering, Optional<VpcId> changed) {
    // A pending request has an event of its own, and the scan for the case that it was lost.
    if (peering.status().isPending()) {
      return Optional.empty();
    }
    Set<Cidr> admitted = new HashSet<>(vpc.cidrs());
    peering.leftOut().forEach(admitted::remove);
    if (!admitted.equals(Set.copyOf(peering.claim()))) {
      return Optional.of(vpc.id() + " has " + vpc.cidrs() + ", admitted are " + peering.claim());
    }
    return changed.filter(vpc.id()::equals).map(id -> id + " has changed");
  }

  private boolean isAskedFor(VpcId vpc) {
    return peerings.stream().anyMatch(peering -> serviceOf(peering).vpc().equals(vpc));
  }

  private VpcSide serviceOf(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
