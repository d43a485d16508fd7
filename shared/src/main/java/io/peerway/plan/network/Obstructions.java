package io.peerway.plan.network;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.AclSight;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.port.Network;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads, of one side of a connection, what others may have put in its way. What the owner of a
 * service account does not let us read is said to be unknown, and stops nothing else; any other
 * failure passes or fails the step.
 */
public final class Obstructions {
  private Obstructions() {}

  /** Those of the hub VPC, whose route tables have been read. */
  public static Obstacles.Side ofHub(Network hub, VpcId vpc, Complete<RouteTable> tables) {
    AclSight acls = seen(vpc, hub.networkAclsOf(Set.of(vpc)));
    return new Obstacles.Side(vpc, tables, lists(hub, List.of(tables)), acls);
  }

  /** Those of one service VPC, whose route tables have been read. */
  public static Obstacles.Side ofService(Network inside, VpcId vpc, Complete<RouteTable> tables) {
    AclSight acls = Objects.requireNonNull(acls(inside, Set.of(vpc)).get(vpc));
    return new Obstacles.Side(vpc, tables, lists(inside, List.of(tables)), acls);
  }

  /** The network ACLs of service VPCs. Their account's role may be of an older stack. */
  public static Map<VpcId, AclSight> acls(Network inside, Set<VpcId> vpcs) {
    if (vpcs.isEmpty()) {
      return Map.of();
    }
    Map<VpcId, AclSight> acls = new HashMap<>();
    try {
      Map<VpcId, Complete<NetworkAcl>> read = inside.networkAclsOf(vpcs);
      vpcs.forEach(vpc -> acls.put(vpc, seen(vpc, read)));
    } catch (Denied e) {
      vpcs.forEach(vpc -> acls.put(vpc, new AclSight.Unknown(String.valueOf(e.getMessage()))));
    }
    return acls;
  }

  private static AclSight seen(VpcId vpc, Map<VpcId, Complete<NetworkAcl>> read) {
    return new AclSight.Seen(read.getOrDefault(vpc, new Complete<>(List.of())));
  }

  /** The prefix lists that route tables name. */
  public static Map<PrefixListId, PrefixListSight> lists(
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
    } catch (Denied | NotYetVisible e) {
      return new PrefixListSight.Unknown(String.valueOf(e.getMessage()));
    }
  }
}
