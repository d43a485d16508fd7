package io.peerway.model;

/**
 * One service VPC joined to the hub: the admitted peering connection with both ends and their
 * CIDRs.
 *
 * @param accepter which end has to accept the peering request
 */
public record Connection(PeeringId peeringId, End accepter, VpcSide hub, VpcSide service) {

  /** The two ends of a connection. */
  public enum End {
    HUB,
    SERVICE
  }
}
