package io.peerway.plan;

import io.peerway.model.Change;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Ingress;
import io.peerway.model.Port;
import io.peerway.model.SecurityGroup;
import io.peerway.model.Tags;
import io.peerway.model.VpcId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The openings that a service VPC's security groups lack so that the VPN instances get in.
 *
 * <p>The source is always a VPN instance's own address: it works in every Region (a group of the
 * other side can be named only within one), and is narrower than the hub VPC's CIDR.
 */
public final class SecurityGroupPlan {
  private SecurityGroupPlan() {}

  /**
   * Our own group with the ports of the settings, and every group that its owner tagged {@code
   * peerway:allow} with the ports of that tag. A tag that cannot be read as ports opens nothing.
   */
  public static List<Change> plan(
      Complete<SecurityGroup> groups,
      VpcId service,
      VpcId hub,
      List<Port> ports,
      List<Cidr> vpnAddresses) {
    List<Change> changes = new ArrayList<>();
    Optional<SecurityGroup> own =
        groups.items().stream()
            .filter(group -> isOurs(group, hub))
            .min(Comparator.comparing(SecurityGroup::id));
    if (own.isEmpty()) {
      changes.add(new Change.CreateVpnGroup(service, hub, openings(ports, vpnAddresses)));
    }
    for (SecurityGroup group : groups.items()) {
      List<Port> wanted = new ArrayList<>(allowedPorts(group));
      if (own.isPresent() && own.get().equals(group)) {
        wanted.addAll(ports);
      }
      addMissing(changes, group, openings(wanted, vpnAddresses));
    }
    return List.copyOf(changes);
  }

  /**
   * Ours is the group with our tag, and no other: a name proves nothing. Where somebody copied the
   * tag, the lowest id is ours, in whatever order they are listed.
   */
  static boolean isOurs(SecurityGroup group, VpcId hub) {
    return hub.value().equals(group.tags().get(Tags.HUB));
  }

  private static void addMissing(List<Change> changes, SecurityGroup group, List<Ingress> wanted) {
    List<Ingress> missing =
        wanted.stream().filter(opening -> !group.ingress().contains(opening)).toList();
    if (!missing.isEmpty()) {
      changes.add(new Change.AllowIngress(group.id(), missing));
    }
  }

  private static List<Ingress> openings(List<Port> ports, List<Cidr> vpnAddresses) {
    return ports.stream()
        .distinct()
        .flatMap(port -> vpnAddresses.stream().map(address -> new Ingress(port, address)))
        .toList();
  }

  // The tag is the service team's own text: one slip in it must not stop the connection.
  private static List<Port> allowedPorts(SecurityGroup group) {
    try {
      return Port.list(group.tags().getOrDefault(Tags.ALLOW, ""));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
