package io.peerway.aws;

import io.peerway.model.Cidr;
import io.peerway.model.Ingress;
import io.peerway.model.Port;
import io.peerway.model.SecurityGroup;
import io.peerway.model.SecurityGroupId;
import io.peerway.model.VpcId;
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
        Ec2Records.tags(seen.tags()));
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

  IpPermission permission(Ingress opening) {
    return IpPermission.builder()
        .ipProtocol(opening.port().protocol().code())
        .fromPort(opening.port().number())
        .toPort(opening.port().number())
        .ipRanges(IpRange.builder().cidrIp(opening.source().value()).description(mark).build())
        .build();
  }
}
