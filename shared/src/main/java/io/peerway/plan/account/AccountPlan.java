package io.peerway.plan.account;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.rules.Addresses;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.sight.AccountSight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one service account needs: a peering for every tagged VPC, and an end to what is no longer
 * wanted.
 */
public final class AccountPlan {
  private final Settings settings;
  private final AccountId account;
  private final Membership membership;
  private final Vpc hub;
  private final Complete<Peering> live;
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
    this.live = live;
    this.settings = settings;
    this.account = account;
    this.membership = membership;
    this.peerings = ofAccount(live).toList();
  }

  /** With the account seen as far as its Regions let us in. */
  public AccountNeeds plan(AccountSight sight) {
    List<LeftAlone> left = new ArrayList<>();
    sight.vpcs().forEach(seen -> TaggedVpcs.slip(seen.vpc()).ifPresent(left::add));
    if (mayConnect()) {
      sight.unread().forEach(region -> left.add(leave(region)));
    }
    return AccountNeeds.of(forPeerings(peering -> sight.vpc(serviceOf(peering))))
        .and(forTagged(sight.vpcs()))
        .and(new AccountNeeds(List.of(), left));
  }

  /**
   * For VPCs that were deleted. Their peering connections go with them (VPC peering guide, "Delete
   * a VPC peering connection"), so that none of them is live when the deletion is heard of.
   *
   * @param deleted which VPCs they may be
   * @param over every peering connection of the hub account that is over and was admitted; one
   *     whose claim is withdrawn was taken to its end, or is on its way there
   */
  public AccountNeeds afterTheEndOf(Predicate<VpcId> deleted, Complete<Peering> over) {
    return AccountNeeds.of(
        ofAccount(over)
            .filter(Peering::isClaimed)
            .filter(peering -> deleted.test(serviceOf(peering).vpc()))
            .<Start>map(
                peering ->
                    new Start.Disconnect(
                        account,
                        peering.id(),
                        serviceOf(peering).vpc()
                            + " is deleted, and the peering connection with it"))
            .toList());
  }

  /**
   * For VPCs that an event of the account names and the account does not have: an event is only
   * somebody's word. Where a Region could not be read, they may be there.
   */
  public AccountNeeds absent(AccountSight sight, List<VpcId> named) {
    if (!sight.unread().isEmpty()) {
      return AccountNeeds.NONE;
    }
    Set<VpcId> there =
        sight.vpcs().stream().map(seen -> seen.vpc().id()).collect(Collectors.toSet());
    return new AccountNeeds(
        List.of(),
        named.stream()
            .filter(vpc -> !there.contains(vpc))
            .<LeftAlone>map(
                vpc ->
                    new LeftAlone.Refuse(
                        vpc,
                        "an event of account %s names it, which has no such VPC in %s: it is another account's, lies elsewhere, or was deleted"
                            .formatted(account, settings.regions())))
            .toList());
  }

  /** Connections of other accounts that have an address of a tagged VPC. */
  public List<Peering> inTheWay(AccountSight sight) {
    if (!mayConnect()) {
      return List.of();
    }
    Set<PeeringId> blocking = new HashSet<>();
    sight.vpcs().stream()
        .map(RegionalVpc::vpc)
        .filter(vpc -> vpc.wantsConnection() && !isAskedFor(vpc.id()))
        .filter(vpc -> vpc.owner().equals(account) && !hub.hasRefused(vpc.id()))
        .forEach(vpc -> blocking.addAll(Addresses.overlapping(vpc, hub, live)));
    return live.items().stream()
        .filter(peering -> blocking.contains(peering.id()) && !peerings.contains(peering))
        .toList();
  }

  /**
   * For the tagged VPCs among these that nobody has asked a peering for. VPCs that could not be
   * seen miss nothing by that: they are asked for once they can.
   *
   * @param vpcs with those that are connected: the others must not overlap them
   */
  public AccountNeeds forTagged(List<RegionalVpc> vpcs) {
    return new TaggedVpcs(settings, account, membership, hub, live, peerings).needs(vpcs);
  }

  private static LeftAlone leave(AccountSight.Unread unread) {
    return new LeftAlone.LeaveRegion(
        unread.region(),
        unread.why()
            + ". Its VPCs are left as they are. Enable the Region in the account, or take it out of"
            + " ServiceRegions");
  }

  /**
   * With the account closed to us: only what the organisation or the peering connections say can
   * count.
   */
  public AccountNeeds planUnseen(String why) {
    return AccountNeeds.of(forPeerings(peering -> new VpcSight.Unknown(why)));
  }

  private List<Start> forPeerings(Function<Peering, VpcSight> sightOf) {
    List<Start> starts = new ArrayList<>();
    for (Peering peering : peerings) {
      VpcSight sight = sightOf.apply(peering);
      Optional<String> end = Withdrawal.reason(peering, hub, membership, sight, settings);
      if (end.isPresent() && !isLeftToItsEvent(peering)) {
        starts.add(new Start.Disconnect(account, peering.id(), end.get()));
      } else if (end.isEmpty() && mayConnect() && sight instanceof VpcSight.Seen(var vpc)) {
        reasonToConnect(vpc, peering)
            .ifPresent(reason -> starts.add(new Start.Connect(account, peering.id(), reason)));
      }
    }
    return starts;
  }

  // A request that was never let in, of an account that may not connect: connect, started by its
  // own event, refuses it.
  private boolean isLeftToItsEvent(Peering peering) {
    return peering.status().isPending() && !peering.wasLetIn() && !mayConnect();
  }

  private boolean mayConnect() {
    return Eligibility.objection(account, membership, settings).isEmpty();
  }

  private static Optional<String> reasonToConnect(Vpc vpc, Peering peering) {
    // A pending request has an event of its own, and the scan for the case that it was lost.
    if (peering.status().isPending()) {
      return Optional.empty();
    }
    if (!isAdmitted(vpc, peering)) {
      return Optional.of(vpc.id() + " has " + vpc.cidrs() + ", admitted are " + peering.claim());
    }
    // Otherwise it would hang on what else happens to the VPC whether the tag, once off again, ends
    // a connection that was first asked for by hand.
    return vpc.wantsConnection() && !peering.isByTag()
        ? Optional.of(vpc.id() + " asks by its tag as well")
        : Optional.empty();
  }

  /** Whether the VPC has the admitted CIDRs, apart from those that were refused. */
  public static boolean isAdmitted(Vpc vpc, Peering peering) {
    Set<Cidr> cidrs = new HashSet<>(vpc.cidrs());
    peering.leftOut().forEach(cidrs::remove);
    return cidrs.equals(Set.copyOf(peering.claim()));
  }

  private Stream<Peering> ofAccount(Complete<Peering> all) {
    return all.items().stream()
        .filter(peering -> peering.joins(settings.hubVpc()))
        .filter(peering -> serviceOf(peering).account().equals(account));
  }

  private boolean isAskedFor(VpcId vpc) {
    return peerings.stream().anyMatch(peering -> serviceOf(peering).vpc().equals(vpc));
  }

  private VpcSide serviceOf(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
