package io.peerway.model;

import java.util.Objects;

/**
 * One service VPC joined to the hub: the admitted peering connection with both ends and their
 * CIDRs.
 *
 * @param accepter which end has to accept the peering request
 */
public record Connection(PeeringId peeringId, End accepter, VpcSide hub, VpcSide service) {

  public Connection {
    Objects.requireNonNull(peeringId, "peeringId");
    Objects.requireNonNull(accepter, "accepter");
    Objects.requireNonNull(hub, "hub");
    Objects.requireNonNull(service, "service");
  }

  /** The two ends of a connection. */
  public enum End {
    HUB,
    SERVICE
  }
}
