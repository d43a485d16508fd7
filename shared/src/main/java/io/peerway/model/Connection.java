package io.peerway.model;

import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import java.util.List;
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

  /**
   * The same connection with nothing to reach at either end. The steps that make a connection then
   * take it away, because each brings about the full desired state.
   */
  public Connection withdrawn() {
    return new Connection(peeringId, accepter, unreachable(hub), unreachable(service));
  }

  /** The same connection with other CIDRs at the service's end. */
  public Connection withServiceCidrs(List<Cidr> cidrs) {
    return new Connection(
        peeringId,
        accepter,
        hub,
        new VpcSide(service.account(), service.region(), service.vpc(), List.copyOf(cidrs)));
  }

  private static VpcSide unreachable(VpcSide side) {
    return new VpcSide(side.account(), side.region(), side.vpc(), List.of());
  }
}
