package io.peerway.aws;

import io.peerway.model.AccountId;
import io.peerway.model.Cidr;
import io.peerway.model.Ingress;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.PeeringStatus;
import io.peerway.model.Port;
import io.peerway.model.Region;
import io.peerway.model.Route;
import io.peerway.model.RouteTable;
import io.peerway.model.RouteTableId;
import io.peerway.model.SecurityGroup;
import io.peerway.model.SecurityGroupId;
import io.peerway.model.Vpc;
import io.peerway.model.VpcId;
import io.peerway.model.VpcSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionVpcInfo;

/**
 * EC2's records as ours. IPv6 and what else Peerway does not handle is left out here, and so left
 * alone everywhere.
 */
final class Ec2Records {
  /** The description that marks an opening as ours. */
  private static final String OURS = "VPN instance (Peerway)";

  private Ec2Records() {}

  static Peering peering(VpcPeeringConnection seen) {
    return new Peering(
        new PeeringId(seen.vpcPeeringConnectionId()),
        PeeringStatus.ofCode(seen.status().codeAsString()),
        side(seen.requesterVpcInfo()),
        side(seen.accepterVpcInfo()),
        tags(seen.tags()));
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

  static RouteTable routeTable(software.amazon.awssdk.services.ec2.model.RouteTable seen) {
    return new RouteTable(
        new RouteTableId(seen.routeTableId()),
        new VpcId(seen.vpcId()),
        seen.routes().stream().flatMap(route -> route(route).stream()).toList(),
        tags(seen.tags()));
  }

  private static Optional<Route> route(software.amazon.awssdk.services.ec2.model.Route seen) {
    if (seen.destinationCidrBlock() == null) {
      return Optional.empty();
    }
    Route.State state =
        seen.state() == RouteState.BLACKHOLE ? Route.State.BLACKHOLE : Route.State.ACTIVE;
    return Optional.of(new Route(new Cidr(seen.destinationCidrBlock()), target(seen), state));
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

  static SecurityGroup securityGroup(software.amazon.awssdk.services.ec2.model.SecurityGroup seen) {
    List<Ingress> ingress = new ArrayList<>();
    List<Ingress> ours = new ArrayList<>();
    for (IpPermission permission : seen.ipPermissions()) {
      port(permission)
          .ifPresent(
              port -> {
                for (IpRange range : permission.ipRanges()) {
                  source(range)
                      .map(source -> new Ingress(port, source))
                      .ifPresent(
                          opening -> {
                            ingress.add(opening);
                            if (OURS.equals(range.description())) {
                              ours.add(opening);
                            }
                          });
                }
              });
    }
    return new SecurityGroup(
        new SecurityGroupId(seen.groupId()),
        seen.groupName(),
        List.copyOf(ingress),
        List.copyOf(ours),
        tags(seen.tags()));
  }

  // A group is written by its owners: a source in a form that is not ours is none of ours.
  private static Optional<Cidr> source(IpRange range) {
    try {
      return Optional.of(new Cidr(range.cidrIp()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Port> port(IpPermission permission) {
    String protocol = permission.ipProtocol();
    boolean single =
        permission.fromPort() != null && permission.fromPort().equals(permission.toPort());
    return single && (protocol.equals("tcp") || protocol.equals("udp")) && permission.fromPort() > 0
        ? Optional.of(Port.parse(protocol + "/" + permission.fromPort()))
        : Optional.empty();
  }

  static IpPermission permission(Ingress opening) {
    return IpPermission.builder()
        .ipProtocol(opening.port().protocol().code())
        .fromPort(opening.port().number())
        .toPort(opening.port().number())
        .ipRanges(IpRange.builder().cidrIp(opening.source().value()).description(OURS).build())
        .build();
  }

  private static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
  }
}
