package io.peerway.plan.network;

import io.peerway.model.network.AclSight;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What others have put in the way of a connection, on either side. */
public final class Obstacles {
  private Obstacles() {}

  /**
   * What was read of one side.
   *
   * @param tables its route tables
   * @param lists the prefix lists that these name
   * @param acls its network ACLs
   */
  public record Side(
      VpcId vpc,
      Complete<RouteTable> tables,
      Map<PrefixListId, PrefixListSight> lists,
      AclSight acls) {}

  /**
   * At the hub.
   *
   * @param subnets those of the VPN instances
   * @param services the CIDRs of the connection's service
   */
  public static List<Obstacle> ofHub(
      Side side,
      Collection<String> subnets,
      List<Cidr> services,
      Collection<Port> ports,
      PeeringId peering) {
    return Stream.concat(
            Detours.of(side.tables(), services, peering, side.lists()).stream(),
            ofAcls(side, acls -> AclObstacles.ofHub(acls, subnets, services, ports)).stream())
        .toList();
  }

  /**
   * At the service.
   *
   * @param hub the CIDRs of the hub VPC
   * @param vpnAddresses those of the VPN instances
   */
  public static List<Obstacle> ofService(
      Side side,
      List<Cidr> hub,
      List<Cidr> vpnAddresses,
      Collection<Port> ports,
      PeeringId peering) {
    return Stream.concat(
            Detours.of(side.tables(), hub, peering, side.lists()).stream(),
            ofAcls(side, acls -> AclObstacles.ofService(acls, vpnAddresses, ports)).stream())
        .toList();
  }

  private static List<Obstacle> ofAcls(
      Side side, Function<Complete<NetworkAcl>, List<Obstacle>> found) {
    return switch (side.acls()) {
      case AclSight.Seen(Complete<NetworkAcl> acls) -> found.apply(acls);
      case AclSight.Unknown(String why) ->
          List.of(Obstacle.unread("what the network ACLs of " + side.vpc() + " stop: " + why));
    };
  }

  /** What is opened in a service VPC: everywhere the same, and in tagged groups what they say. */
  public static Set<Port> ports(Settings settings, Complete<SecurityGroup> groups) {
    Set<Port> ports = new LinkedHashSet<>(settings.ports());
    groups.items().forEach(group -> group.ours().forEach(opening -> ports.add(opening.port())));
    return ports;
  }
}
