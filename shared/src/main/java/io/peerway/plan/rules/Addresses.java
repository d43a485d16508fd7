package io.peerway.plan.rules;

import io.peerway.model.Parties;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service VPC's addresses and whose they must not be. All of it is known before the VPC has a
 * peering connection.
 *
 * @param vpc the service VPC
 * @param claimed those of its CIDRs that were admitted before
 * @param hub the hub VPC's CIDRs
 * @param others who is connected with the hub VPC
 */
public record Addresses(
    VpcId vpc, List<Cidr> cidrs, List<Cidr> claimed, List<Cidr> hub, List<Other> others) {

  /**
   * Another service that packets go to.
   *
   * @param unclaimed people connected it, or somebody took our tags off: its CIDRs are those that
   *     the peering connection shows, once it is active
   */
  record Other(PeeringId peering, List<Cidr> cidrs, boolean unclaimed) {

    /** Everybody whose peering connection with the hub VPC is accepted. */
    public static List<Other> of(Complete<Peering> live, VpcId hub) {
      List<Other> others = new ArrayList<>();
      for (Peering peering : live.items()) {
        if (!peering.joins(hub)) {
          continue;
        }
        if (LostClaim.isShown(peering, hub)) {
          others.add(new Other(peering.id(), Parties.service(peering, hub).cidrs(), true));
          continue;
        }
        // Of a pending one as well: one that cannot be read lets nobody in.
        List<Cidr> claim = peering.claim();
        if (peering.status().isAccepted()) {
          others.add(new Other(peering.id(), claim, false));
        }
      }
      return others;
    }
  }

  /**
   * Of a VPC that has no peering connection yet.
   *
   * @param live every live peering connection of the hub account
   */
  public static Addresses of(Vpc vpc, Vpc hub, Complete<Peering> live) {
    return new Addresses(vpc.id(), vpc.cidrs(), List.of(), hub.cidrs(), Other.of(live, hub.id()));
  }

  /** The connections that have an address of a VPC which has no peering connection yet. */
  public static List<PeeringId> overlapping(Vpc vpc, Vpc hub, Complete<Peering> live) {
    try {
      Addresses addresses = of(vpc, hub, live);
      return addresses.others().stream()
          .filter(other -> addresses.overlap(other).isPresent())
          .map(Other::peering)
          .toList();
    } catch (Drifted damaged) {
      // Nobody is let in meanwhile, so nothing is waited for.
      return List.of();
    }
  }

  /** An overlap with one of {@code theirs}, in words. */
  Optional<String> overlap(List<Cidr> theirs, String whose) {
    return overlap(cidrs, theirs, whose);
  }

  /** An overlap with {@code other}, in words. */
  Optional<String> overlap(Other other) {
    return other.unclaimed()
        // What was admitted before it was there stays.
        ? overlap(
            cidrs.stream().filter(cidr -> !claimed.contains(cidr)).toList(),
            other.cidrs(),
            other.peering() + ", which people have accepted by hand, or taken our tags off")
        : overlap(other.cidrs(), "the connected " + other.peering());
  }

  private Optional<String> overlap(List<Cidr> ours, List<Cidr> theirs, String whose) {
    for (Cidr cidr : ours) {
      for (Cidr taken : theirs) {
        if (cidr.overlaps(taken)) {
          return Optional.of(cidr + " of " + vpc + " overlaps " + taken + " of " + whose);
        }
      }
    }
    return Optional.empty();
  }
}
