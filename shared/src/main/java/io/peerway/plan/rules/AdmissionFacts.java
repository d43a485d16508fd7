package io.peerway.plan.rules;

import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.plan.Settings;
import java.util.List;

/**
 * All that admission decides by, read from AWS and never from an event.
 *
 * @param peering the request itself
 * @param connection both ends with all their CIDRs, read in their own accounts
 * @param hubVpc the hub VPC itself
 * @param membership what the organisation says of the service account
 * @param serviceVpc the service VPC itself
 * @param others every live peering connection of the hub account
 */
public record AdmissionFacts(
    Peering peering,
    Connection connection,
    Vpc hubVpc,
    Membership membership,
    VpcSight serviceVpc,
    Complete<Peering> others) {

  /**
   * What was read, put together for a decision.
   *
   * @param peering with what was claimed before somebody took the claim off, if it was lost
   * @param live every live peering connection, this one among them
   * @throws io.peerway.model.error.InvalidSettings where the settings contradict the hub VPC: then
   *     nothing that they say about a request is to be trusted
   */
  public static AdmissionFacts of(
      Peering peering,
      Vpc hub,
      Membership membership,
      VpcSight service,
      Complete<Peering> live,
      Settings settings) {
    settings.checkAgainstHub(hub.cidrs());
    List<Cidr> cidrs = service instanceof VpcSight.Seen(Vpc vpc) ? vpc.cidrs() : List.of();
    return new AdmissionFacts(
        peering,
        Parties.connection(peering, settings.hubVpc(), hub.cidrs(), cidrs),
        hub,
        membership,
        service,
        LostClaim.in(live, peering));
  }

  /** The same, were these all CIDRs of the service VPC. */
  public AdmissionFacts withServiceCidrs(List<Cidr> cidrs) {
    return new AdmissionFacts(
        peering, connection.withServiceCidrs(cidrs), hubVpc, membership, serviceVpc, others);
  }

  /** What the rules about addresses decide by. */
  Addresses addresses() {
    List<Addresses.Other> weighed =
        Addresses.Other.of(others, connection.hub().vpc()).stream()
            .filter(other -> !other.peering().equals(peering.id()))
            // Of two that were both made by hand neither came first in our eyes: whoever is adopted
            // first.
            .filter(other -> !other.unclaimed() || !peering.wasMadeByHand())
            .toList();
    return new Addresses(
        connection.service().vpc(),
        connection.service().cidrs(),
        peering.claim(),
        connection.hub().cidrs(),
        weighed);
  }
}
