package io.peerway.plan.findings;

import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something of ours that is not there, and that somebody may have taken away. */
public sealed interface Loss {
  /** The VPC in whose account and Region it would be known. */
  VpcId vpc();

  /** A route to {@code destination} through {@code peering}. */
  record OfRoute(VpcId vpc, RouteTableId table, Cidr destination, PeeringId peering)
      implements Loss {}

  /** Openings of a security group that is there. */
  record OfOpenings(VpcId vpc, SecurityGroupId group, List<Ingress> ingress) implements Loss {}

  /**
   * Our own security group, of which nobody knows the id any more.
   *
   * @param vpc where it was
   * @param hub whose group it was
   */
  record OfGroup(VpcId vpc, VpcId hub) implements Loss {}

  /** The claim on a peering connection. */
  record OfClaim(VpcId vpc, PeeringId peering) implements Loss {}

  /** What {@code change} would give back in {@code vpc}; null where it takes something away. */
  static @Nullable Loss of(VpcId vpc, Change change) {
    return switch (change) {
      case Change.AddRoute(var table, var destination, var peering) ->
          new OfRoute(vpc, table, destination, peering);
      case Change.AllowIngress(var group, var ingress) -> new OfOpenings(vpc, group, ingress);
      case Change.CreateVpnGroup(var service, var hub, var ingress) -> new OfGroup(service, hub);
      case Change.RemoveRoute remove -> null;
      case Change.RevokeIngress revoke -> null;
      case Change.DeleteVpnGroup delete -> null;
    };
  }
}
