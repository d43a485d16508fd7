package io.peerway.plan.network;

import io.peerway.model.error.ForeignGroup;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
   * peerway:allow} with what can be read of that tag.
   *
   * <p>Adds before it revokes, except where the group has no room for both.
   *
   * @param peering the connection they are opened for, which a failure names
   * @throws ForeignGroup where another group has the name of ours
   */
  public static List<Change> plan(
      Complete<SecurityGroup> groups,
      VpcId service,
      VpcId hub,
      List<Port> ports,
      List<Cidr> vpnAddresses,
      PeeringId peering) {
    List<Change> makingRoom = new ArrayList<>();
    List<Change> additions = new ArrayList<>();
    List<Change> removals = new ArrayList<>();
    Optional<SecurityGroup> own = own(groups, hub);
    if (own.isEmpty()) {
      groups.items().stream()
          .filter(group -> group.name().equals(Change.CreateVpnGroup.name(hub)))
          .findFirst()
          .ifPresent(group -> refuse(group, service, hub, peering));
      additions.add(ours(service, hub, ports, vpnAddresses));
    }
    for (SecurityGroup group : besidesOtherHubs(groups, hub)) {
      Set<Ingress> wanted = allowance(group, own, ports, vpnAddresses).wanted();
      List<Ingress> missing =
          wanted.stream().filter(opening -> !group.ingress().contains(opening)).toList();
      if (!missing.isEmpty()) {
        additions.add(new Change.AllowIngress(group.id(), missing));
      }
      boolean roomForBoth = group.rules() + missing.size() <= Allowance.RULES_PER_GROUP;
      revokeOthers(roomForBoth || missing.isEmpty() ? removals : makingRoom, group, wanted);
    }
    return Stream.of(makingRoom, additions, removals).flatMap(List::stream).toList();
  }

  /** Our own group, where it is not there. */
  public static Change ours(VpcId service, VpcId hub, List<Port> ports, List<Cidr> vpnAddresses) {
    return new Change.CreateVpnGroup(service, hub, openings(ports, vpnAddresses));
  }

  /** What the owners of the groups ask for by their tags. */
  public static Map<SecurityGroupId, String> asked(Complete<SecurityGroup> groups) {
    return groups.items().stream()
        .filter(group -> group.tags().containsKey(Tags.ALLOW))
        .collect(
            Collectors.toMap(
                SecurityGroup::id, group -> group.tags().getOrDefault(Tags.ALLOW, "")));
  }

  /**
   * Whether a tag of the groups' owner could ask for this change: an opening, in another group than
   * ours.
   */
  public static boolean hangsOnTags(Change change, Complete<SecurityGroup> groups, VpcId hub) {
    Optional<SecurityGroupId> own = own(groups, hub).map(SecurityGroup::id);
    return switch (change) {
      case Change.AllowIngress(var group, var ingress) -> !own.equals(Optional.of(group));
      case Change.RevokeIngress(var group, var ingress) -> !own.equals(Optional.of(group));
      case Change.CreateVpnGroup create -> false;
      case Change.DeleteVpnGroup delete -> false;
      case Change.AddRoute add -> false;
      case Change.RemoveRoute remove -> false;
    };
  }

  /** What of the groups' tags comes to nothing. */
  public static Slips slips(
      Complete<SecurityGroup> groups, VpcId hub, List<Port> ports, List<Cidr> vpnAddresses) {
    Optional<SecurityGroup> own = own(groups, hub);
    return Slips.of(
        besidesOtherHubs(groups, hub).stream()
            .flatMap(group -> allowance(group, own, ports, vpnAddresses).slip().stream())
            .toList());
  }

  private static Allowance allowance(
      SecurityGroup group, Optional<SecurityGroup> own, List<Port> ports, List<Cidr> addresses) {
    return Allowance.of(
        group, own.filter(group::equals).isPresent() ? ports : List.of(), addresses);
  }

  private static Optional<SecurityGroup> own(Complete<SecurityGroup> groups, VpcId hub) {
    return groups.items().stream().filter(group -> isOurs(group, hub)).findFirst();
  }

  private static void refuse(SecurityGroup group, VpcId service, VpcId hub, PeeringId peering) {
    throw new ForeignGroup(
        peering,
        group.id()
            + " of "
            + service
            + " has the name "
            + group.name()
            + " without the tag "
            + Tags.HUB
            + "="
            + hub
            + ". If Peerway made it, tag it again; otherwise delete it. Then redrive.");
  }

  /** Everything of ours goes: our openings in every group, then our own group. */
  public static List<Change> removal(Complete<SecurityGroup> groups, VpcId hub) {
    List<Change> changes = new ArrayList<>();
    for (SecurityGroup group : besidesOtherHubs(groups, hub)) {
      revokeOthers(changes, group, List.of());
    }
    groups.items().stream()
        .filter(group -> isOurs(group, hub))
        .forEach(group -> changes.add(new Change.DeleteVpnGroup(group.id())));
    return List.copyOf(changes);
  }

  /**
   * Ours is the group with our tag and our name. The name alone proves nothing, and the tag may
   * have been copied to another group; a name is unique in its VPC and can never be changed.
   */
  public static boolean isOurs(SecurityGroup group, VpcId hub) {
    return hub.value().equals(group.tags().get(Tags.HUB))
        && group.name().equals(Change.CreateVpnGroup.name(hub));
  }

  // The openings of another hub's own group are as little ours as the group.
  private static List<SecurityGroup> besidesOtherHubs(Complete<SecurityGroup> groups, VpcId hub) {
    return groups.items().stream()
        .filter(group -> hub.value().equals(group.tags().getOrDefault(Tags.HUB, hub.value())))
        .toList();
  }

  private static void revokeOthers(
      List<Change> changes, SecurityGroup group, Collection<Ingress> wanted) {
    List<Ingress> obsolete =
        group.ours().stream().filter(opening -> !wanted.contains(opening)).toList();
    if (!obsolete.isEmpty()) {
      changes.add(new Change.RevokeIngress(group.id(), obsolete));
    }
  }

  private static List<Ingress> openings(List<Port> ports, List<Cidr> vpnAddresses) {
    return ports.stream()
        .distinct()
        .flatMap(port -> Allowance.openings(port, vpnAddresses).stream())
        .toList();
  }
}
