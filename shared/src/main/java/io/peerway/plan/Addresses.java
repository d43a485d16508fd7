package io.peerway.plan;

import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Peering;
import io.peerway.model.Vpc;
import io.peerway.model.VpcId;
import java.util.List;
import java.util.Optional;

/**
 * A service VPC's addresses and whose they must not be. All of it is known before the VPC has a
 * peering connection.
 *
 * @param vpc the service VPC
 * @param hub the hub VPC's CIDRs
 * @param admitted peering connections of others with the hub VPC, each with its claim
 */
record Addresses(VpcId vpc, List<Cidr> cidrs, List<Cidr> hub, List<Peering> admitted) {

  /**
   * Of a VPC that has no peering connection yet.
   *
   * @param live every live peering connection of the hub account
   */
  static Addresses of(Vpc vpc, Vpc hub, Complete<Peering> live) {
    return new Addresses(
        vpc.id(),
        vpc.cidrs(),
        hub.cidrs(),
        live.items().stream()
            .filter(other -> other.joins(hub.id()) && !other.claim().isEmpty())
            .toList());
  }

  /** An overlap with one of {@code theirs}, in words. */
  Optional<String> overlap(List<Cidr> theirs, String whose) {
    for (Cidr cidr : cidrs) {
      for (Cidr other : theirs) {
        if (cidr.overlaps(other)) {
          return Optional.of(cidr + " of " + vpc + " overlaps " + other + " of " + whose);
        }
      }
    }
    return Optional.empty();
  }
}
