package io.peerway.aws;

import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/**
 * EC2's security groups as ours. What an opening was made for stands in its description, with the
 * hub VPC: a group that two hubs may open has the openings of both.
 */
final class SecurityGroupRecords {
  private static final String ICMP = "icmp";

  /** In place of a type and a code: all of them (EC2 API reference, "IpPermission"). */
  private static final int ALL_ICMP = -1;

  private final String mark;

  /** For the openings of this hub VPC. */
  SecurityGroupRecords(VpcId hub) {
    this.mark = "Peerway: VPN instance of " + hub;
  }

  SecurityGroup group(software.amazon.awssdk.services.ec2.model.SecurityGroup seen) {
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
                            if (mark.equals(range.description())) {
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
        Ec2Records.tags(seen.tags()),
        seen.ipPermissions().stream().mapToInt(SecurityGroupRecords::rules).sum());
  }

  // Each source counts as a rule (VPC user guide, "Quotas": "Inbound or outbound rules per security
  // group"). A prefix list counts as many times as it may have entries, which stands elsewhere.
  private static int rules(IpPermission seen) {
    return seen.ipRanges().size()
        + seen.ipv6Ranges().size()
        + seen.prefixListIds().size()
        + seen.userIdGroupPairs().size();
  }

  // A group is written by its owners: a source in a form that is not ours is none of ours.
  private static Optional<Cidr> source(IpRange range) {
    try {
      return Optional.of(new Cidr(range.cidrIp()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  // A protocol can also be named by its number, and ports can be left out (EC2 API reference,
  // "IpPermission"): what is not written as we write it is none of ours.
  private static Optional<Port> port(IpPermission seen) {
    Integer from = seen.fromPort();
    Integer to = seen.toPort();
    if (from == null || to == null) {
      return Optional.empty();
    }
    return switch (seen.ipProtocol()) {
      case "tcp" -> range(Port.Protocol.TCP, from, to);
      case "udp" -> range(Port.Protocol.UDP, from, to);
      case ICMP ->
          from == ALL_ICMP && to == ALL_ICMP ? Optional.of(new Port.Icmp()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Port> range(Port.Protocol protocol, int from, int to) {
    try {
      return Optional.of(new Port.Range(protocol, from, to));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  IpPermission permission(Ingress opening) {
    IpRange source = IpRange.builder().cidrIp(opening.source().value()).description(mark).build();
    return switch (opening.port()) {
      case Port.Range(Port.Protocol protocol, int first, int last) ->
          permission(protocol.code(), first, last, source);
      case Port.Icmp() -> permission(ICMP, ALL_ICMP, ALL_ICMP, source);
    };
  }

  private static IpPermission permission(String protocol, int from, int to, IpRange source) {
    return IpPermission.builder()
        .ipProtocol(protocol)
        .fromPort(from)
        .toPort(to)
        .ipRanges(source)
        .build();
  }
}
