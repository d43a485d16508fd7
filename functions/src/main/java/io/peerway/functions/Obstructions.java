package io.peerway.functions;

import io.peerway.model.AclSight;
import io.peerway.model.Complete;
import io.peerway.model.Network;
import io.peerway.model.NetworkAcl;
import io.peerway.model.PrefixListId;
import io.peerway.model.PrefixListSight;
import io.peerway.model.RouteTable;
import io.peerway.model.VpcId;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.RefusedByAws;
import io.peerway.plan.Detours;
import io.peerway.plan.Obstacles;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads, of one side of a connection, what others may have put in its way. What may not be read is
 * said to be unknown, and stops nothing else; any other failure passes or fails the step.
 */
final class Obstructions {
  private Obstructions() {}

  /** Those of one VPC whose route tables have been read. */
  static Obstacles.Side side(Network network, VpcId vpc, Complete<RouteTable> tables) {
    AclSight acls =
        acls(network, Set.of(vpc)).getOrDefault(vpc, new AclSight.Seen(new Complete<>(List.of())));
    return new Obstacles.Side(vpc, tables, lists(network, List.of(tables)), acls);
  }

  /** The network ACLs of VPCs. The role of a service account may be of an older stack. */
  static Map<VpcId, AclSight> acls(Network network, Set<VpcId> vpcs) {
    Map<VpcId, AclSight> acls = new HashMap<>();
    if (vpcs.isEmpty()) {
      return acls;
    }
    try {
      Map<VpcId, Complete<NetworkAcl>> seen = network.networkAclsOf(vpcs);
      vpcs.forEach(
          vpc ->
              acls.put(vpc, new AclSight.Seen(seen.getOrDefault(vpc, new Complete<>(List.of())))));
    } catch (Denied | RefusedByAws e) {
      vpcs.forEach(vpc -> acls.put(vpc, new AclSight.Unknown(String.valueOf(e.getMessage()))));
    }
    return acls;
  }

  /** The prefix lists that route tables name. */
  static Map<PrefixListId, PrefixListSight> lists(
      Network network, Collection<Complete<RouteTable>> tables) {
    Map<PrefixListId, PrefixListSight> lists = new HashMap<>();
    for (Complete<RouteTable> some : tables) {
      for (PrefixListId id : Detours.lists(some)) {
        lists.computeIfAbsent(id, unread -> sight(network, unread));
      }
    }
    return Map.copyOf(lists);
  }

  // A list may be another account's, and no longer be shared with this one.
  private static PrefixListSight sight(Network network, PrefixListId id) {
    try {
      return new PrefixListSight.Seen(network.prefixList(id));
    } catch (Denied | NotYetVisible | RefusedByAws e) {
      return new PrefixListSight.Unknown(String.valueOf(e.getMessage()));
    }
  }
}
