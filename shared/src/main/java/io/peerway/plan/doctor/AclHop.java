package io.peerway.plan.doctor;

import io.peerway.model.network.AclSight;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import io.peerway.plan.doctor.Hop.Trail;
import io.peerway.plan.network.AclPassage;
import java.util.List;
import java.util.Optional;

/** Whether the network ACL of a subnet lets packets pass in one direction. */
final class AclHop {
  private AclHop() {}

  static Hop of(
      Station at,
      AclSight acls,
      VpcSide side,
      String subnet,
      Direction direction,
      AclPassage.Part part,
      Cidr peer,
      Port port) {
    return switch (acls) {
      case AclSight.Unknown(String why) ->
          Hop.unknown(at, "the network ACLs of " + side.vpc() + ": " + why);
      case AclSight.Seen(Complete<NetworkAcl> seen) -> {
        Optional<NetworkAcl> acl =
            seen.items().stream().filter(one -> one.subnets().contains(subnet)).findFirst();
        if (acl.isEmpty()) {
          yield Hop.unknown(at, "no network ACL of " + subnet + " was found");
        }
        List<String> denied = AclPassage.denied(acl.get(), subnet, direction, peer, port, part);
        yield denied.isEmpty()
            ? Hop.right(at, acl.get().id() + " of " + subnet + " lets it pass")
            : Hop.wrong(
                at,
                denied.getFirst(),
                Mends.showAcl(side.region(), acl.get().id()),
                Trail.of(side, acl.get().id()));
      }
    };
  }
}
