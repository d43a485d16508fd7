package io.peerway.plan.nat;

import io.peerway.model.NatSet;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import io.peerway.plan.rules.LostClaim;
import java.time.Instant;
import java.util.List;

/** The whole set that the VPN instances shall translate. */
public final class NatPlan {
  private NatPlan() {}

  /**
   * Every CIDR that admission claimed for an accepted peering connection of the hub VPC, in the
   * fewest prefixes. What was never admitted is not translated, even where its peering connection
   * is active. But what is translated already goes on where its claim is missing or damaged:
   * somebody may have taken our tags off, or written over them. (A claim that Peerway took back
   * itself is there, and empty.)
   *
   * @param readAt when {@code live} was asked for: the set's generation
   */
  public static NatSet plan(
      Complete<Peering> live, VpcId hub, List<Cidr> clientPool, Instant readAt) {
    List<Cidr> services =
        live.items().stream()
            .filter(peering -> peering.joins(hub) && peering.status().isAccepted())
            .filter(peering -> !LostClaim.isShown(peering, hub))
            .flatMap(peering -> peering.claim().stream())
            .toList();
    List<Cidr> unclaimed =
        live.items().stream()
            .filter(peering -> peering.joins(hub) && LostClaim.isShown(peering, hub))
            .flatMap(peering -> Parties.service(peering, hub).cidrs().stream())
            .toList();
    return new NatSet(
        Cidr.cover(clientPool), Cidr.cover(services), Cidr.cover(unclaimed), readAt.toEpochMilli());
  }
}
