package io.peerway.plan.account;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.Start;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Printable;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.rules.Addresses;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.rules.InConfiguredRegion;
import io.peerway.plan.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The VPCs of an account whose tag asks for a connection.
 *
 * @param hub the hub VPC, on which people's refusals are noted
 * @param live every live peering connection the hub account sees
 * @param peerings those of them that are the account's
 */
record TaggedVpcs(
    Settings settings,
    AccountId account,
    Membership membership,
    Vpc hub,
    Complete<Peering> live,
    List<Peering> peerings) {

  /**
   * Asks for those that nobody has asked a peering for, or says why not.
   *
   * @param vpcs with those that are connected: the others must not overlap them
   */
  AccountNeeds needs(List<RegionalVpc> vpcs) {
    List<Start> starts = new ArrayList<>();
    List<LeftAlone> left = new ArrayList<>();
    List<RegionalVpc> wanted =
        vpcs.stream()
            .filter(seen -> seen.vpc().wantsConnection() && !isAskedFor(seen.vpc().id()))
            .toList();
    Optional<String> objection = Eligibility.objection(account, membership, settings);
    int room = Math.max(0, settings.vpcsPerAccount() - peerings.size());
    List<Vpc> first = new ArrayList<>(connected(vpcs));
    int most = first.size() + room;
    for (RegionalVpc each : wanted) {
      Optional<String> against =
          objection
              .or(() -> notItsOwn(each.vpc()))
              .or(() -> refusedByPerson(each.vpc().id()))
              .or(() -> first.size() < most ? Optional.empty() : Optional.of(tooMany(wanted)))
              .or(() -> overlap(each.vpc(), first))
              .or(() -> InConfiguredRegion.objection(each.vpc().id(), each.region(), settings))
              .or(() -> refusedByAdmission(each.vpc()));
      if (against.isPresent()) {
        left.add(new LeftAlone.Refuse(each.vpc().id(), against.get()));
      } else {
        starts.add(
            new Start.Request(
                account, each.region(), each.vpc().id(), "tag " + Tags.CONNECT + "=true"));
        first.add(each.vpc());
      }
    }
    return new AccountNeeds(starts, left);
  }

  // A participant of shared subnets sees the VPC and puts tags of its own on it; a peering only the
  // owner can ask for (VPC user guide, "Share your VPC subnets with other accounts").
  private Optional<String> notItsOwn(Vpc vpc) {
    return vpc.owner().equals(account)
        ? Optional.empty()
        : Optional.of(
            "it belongs to account "
                + vpc.owner()
                + ", which shares subnets of it with account "
                + account
                + ": only its owner can ask for a connection");
  }

  private Optional<String> refusedByPerson(VpcId vpc) {
    return hub.hasRefused(vpc) ? Optional.of(Decision.reason(vpc)) : Optional.empty();
  }

  // A request that is rejected as soon as it comes would be made again at every look.
  private Optional<String> refusedByAdmission(Vpc vpc) {
    try {
      return Rules.objection(Addresses.of(vpc, hub, live), settings)
          .map(refusal -> refusal.rule() + ": " + refusal.reason());
    } catch (Drifted damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
  }

  private List<Vpc> connected(List<RegionalVpc> vpcs) {
    return vpcs.stream().map(RegionalVpc::vpc).filter(vpc -> isAskedFor(vpc.id())).toList();
  }

  // Of two that overlap only one could be reached; admission would refuse the later one as well,
  // after it was asked for.
  private static Optional<String> overlap(Vpc vpc, List<Vpc> first) {
    for (Vpc other : first) {
      for (Cidr cidr : vpc.cidrs()) {
        for (Cidr taken : other.cidrs()) {
          if (cidr.overlaps(taken)) {
            return Optional.of(
                cidr + " overlaps " + taken + " of " + other.id() + " in the same account");
          }
        }
      }
    }
    return Optional.empty();
  }

  private String tooMany(List<RegionalVpc> wanted) {
    return "account "
        + account
        + " would have "
        + (peerings.size() + wanted.size())
        + " connections, at most "
        + settings.vpcsPerAccount()
        + " are allowed";
  }

  // Somebody meant something by it. An empty value and "false" say that nothing is asked for.
  static Optional<LeftAlone> slip(Vpc vpc) {
    String value = vpc.tags().getOrDefault(Tags.CONNECT, "");
    boolean plain = value.isEmpty() || value.equals("true") || value.equals("false");
    return plain
        ? Optional.empty()
        : Optional.of(
            new LeftAlone.Refuse(
                vpc.id(),
                "the tag "
                    + Tags.CONNECT
                    + " has the value "
                    + Printable.shortened(value)
                    + "; only the exact word true asks for a connection"));
  }

  private boolean isAskedFor(VpcId vpc) {
    return peerings.stream().anyMatch(peering -> serviceOf(peering).vpc().equals(vpc));
  }

  private VpcSide serviceOf(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
