package io.peerway.aws;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IcmpTypeCode;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.PortRange;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionVpcInfo;

/**
 * EC2's records as ours. IPv6 and what else Peerway does not handle is left out here, and so left
 * alone everywhere.
 */
final class Ec2Records {
  private Ec2Records() {}

  static Peering peering(VpcPeeringConnection seen) {
    return new Peering(
        new PeeringId(seen.vpcPeeringConnectionId()),
        PeeringStatus.ofCode(seen.status().codeAsString()),
        side(seen.requesterVpcInfo()),
        side(seen.accepterVpcInfo()),
        tags(seen.tags()),
        asked(seen));
  }

  // It has a time at which a request expires, and it does so seven days after it was made (VPC
  // peering guide, "VPC peering connection lifecycle").
  private static @Nullable Long asked(VpcPeeringConnection seen) {
    return seen.expirationTime() == null
        ? null
        : Long.valueOf(seen.expirationTime().minus(Duration.ofDays(7)).toEpochMilli());
  }

  private static VpcSide side(VpcPeeringConnectionVpcInfo seen) {
    Stream<@Nullable String> cidrs =
        seen.hasCidrBlockSet()
            ? seen.cidrBlockSet().stream().map(block -> block.cidrBlock())
            : Stream.of(seen.cidrBlock());
    return new VpcSide(
        new AccountId(seen.ownerId()),
        new Region(seen.region()),
        new VpcId(seen.vpcId()),
        cidrs.filter(Objects::nonNull).map(Cidr::new).toList());
  }

  static Vpc vpc(software.amazon.awssdk.services.ec2.model.Vpc seen) {
    Stream<String> secondary =
        seen.cidrBlockAssociationSet().stream()
            .filter(
                association ->
                    association.cidrBlockState().state() == VpcCidrBlockStateCode.ASSOCIATED
                        || association.cidrBlockState().state()
                            == VpcCidrBlockStateCode.ASSOCIATING)
            .map(association -> association.cidrBlock());
    return new Vpc(
        new VpcId(seen.vpcId()),
        new AccountId(seen.ownerId()),
        Stream.concat(Stream.of(seen.cidrBlock()), secondary).distinct().map(Cidr::new).toList(),
        tags(seen.tags()));
  }

  static VpnInstance vpnInstance(Instance seen) {
    return new VpnInstance(
        new InstanceId(seen.instanceId()),
        Stream.concat(
                Stream.of(seen.privateIpAddress()),
                inItsVpc(seen).map(InstanceNetworkInterface::privateIpAddress))
            .filter(Objects::nonNull)
            .map(Cidr::ofAddress)
            .distinct()
            .toList(),
        seen.state().name() == InstanceStateName.RUNNING,
        Stream.concat(
                Stream.of(seen.subnetId()), inItsVpc(seen).map(InstanceNetworkInterface::subnetId))
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        Stream.concat(
                seen.securityGroups().stream(),
                inItsVpc(seen).flatMap(face -> face.groups().stream()))
            .map(group -> new SecurityGroupId(group.groupId()))
            .distinct()
            .toList());
  }

  // An instance may have interfaces in other VPCs of its account (EC2 user guide, "Multi-VPC ENI").
  private static Stream<InstanceNetworkInterface> inItsVpc(Instance seen) {
    return seen.networkInterfaces().stream()
        .filter(face -> Objects.equals(face.vpcId(), seen.vpcId()));
  }

  static RouteTable routeTable(software.amazon.awssdk.services.ec2.model.RouteTable seen) {
    return new RouteTable(
        new RouteTableId(seen.routeTableId()),
        new VpcId(seen.vpcId()),
        seen.routes().stream().flatMap(route -> route(route).stream()).toList(),
        seen.routes().stream().flatMap(route -> listRoute(route).stream()).toList(),
        tags(seen.tags()));
  }

  /** Whether it is the table of a subnet that is named in it. */
  static boolean isOfSubnet(
      software.amazon.awssdk.services.ec2.model.RouteTable seen, String subnet) {
    return seen.associations().stream().anyMatch(one -> subnet.equals(one.subnetId()));
  }

  /** Whether it is that of all subnets which no table names. */
  static boolean isMain(software.amazon.awssdk.services.ec2.model.RouteTable seen) {
    return seen.associations().stream().anyMatch(one -> Boolean.TRUE.equals(one.main()));
  }

  /** Whether it routes what comes in through a gateway. */
  static boolean isOfGateway(software.amazon.awssdk.services.ec2.model.RouteTable seen) {
    return seen.associations().stream().anyMatch(association -> association.gatewayId() != null);
  }

  private static Optional<Route> route(software.amazon.awssdk.services.ec2.model.Route seen) {
    if (seen.destinationCidrBlock() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Route(
            new Cidr(seen.destinationCidrBlock()),
            target(seen),
            state(seen),
            seen.origin() == RouteOrigin.ENABLE_VGW_ROUTE_PROPAGATION
                ? Route.Origin.PROPAGATED
                : Route.Origin.STATIC));
  }

  private static Optional<PrefixListRoute> listRoute(
      software.amazon.awssdk.services.ec2.model.Route seen) {
    return Optional.ofNullable(seen.destinationPrefixListId())
        .map(list -> new PrefixListRoute(new PrefixListId(list), target(seen), state(seen)));
  }

  private static Route.State state(software.amazon.awssdk.services.ec2.model.Route seen) {
    return seen.state() == RouteState.BLACKHOLE ? Route.State.BLACKHOLE : Route.State.ACTIVE;
  }

  /** A list of AWS's own, or a team's, may have IPv6 CIDRs as well. */
  static List<Cidr> cidrs(List<PrefixListEntry> entries) {
    return entries.stream()
        .map(PrefixListEntry::cidr)
        .filter(cidr -> !cidr.contains(":"))
        .map(Cidr::new)
        .toList();
  }

  static NetworkAcl networkAcl(software.amazon.awssdk.services.ec2.model.NetworkAcl seen) {
    return new NetworkAcl(
        seen.networkAclId(),
        new VpcId(seen.vpcId()),
        seen.associations().stream().map(association -> association.subnetId()).sorted().toList(),
        seen.entries().stream().flatMap(entry -> rule(entry).stream()).toList());
  }

  // A rule for one code of ICMP other than 0 is none for an echo or its reply.
  private static Optional<NetworkAcl.Rule> rule(NetworkAclEntry seen) {
    IcmpTypeCode icmp = seen.icmpTypeCode();
    if (seen.cidrBlock() == null || (icmp != null && icmp.code() != null && icmp.code() > 0)) {
      return Optional.empty();
    }
    PortRange ports = seen.portRange();
    int any = -1;
    return Optional.of(
        new NetworkAcl.Rule(
            seen.ruleNumber(),
            seen.egress() ? NetworkAcl.Direction.OUTBOUND : NetworkAcl.Direction.INBOUND,
            seen.ruleAction() == RuleAction.ALLOW,
            protocol(seen.protocol()),
            new Cidr(seen.cidrBlock()),
            ports != null ? ports.from() : icmp != null ? icmp.type() : any,
            ports != null ? ports.to() : icmp != null ? icmp.type() : any));
  }

  // EC2 shows numbers (EC2 API reference, "NetworkAclEntry"), and takes names as well.
  static int protocol(String seen) {
    return switch (seen) {
      case "tcp" -> 6;
      case "udp" -> 17;
      case "icmp" -> 1;
      case "icmpv6" -> 58;
      default -> Integer.parseInt(seen);
    };
  }

  // EC2 has one field for each kind of target and fills one of them.
  private static String target(software.amazon.awssdk.services.ec2.model.Route seen) {
    return Stream.of(
            seen.vpcPeeringConnectionId(),
            seen.gatewayId(),
            seen.natGatewayId(),
            seen.transitGatewayId(),
            seen.networkInterfaceId(),
            seen.instanceId(),
            seen.egressOnlyInternetGatewayId(),
            seen.localGatewayId(),
            seen.carrierGatewayId(),
            seen.coreNetworkArn())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("unknown");
  }

  static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
  }
}
