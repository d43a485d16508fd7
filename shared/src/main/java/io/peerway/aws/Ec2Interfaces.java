package io.peerway.aws;

import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Network interfaces, and what their security groups let in and out. */
final class Ec2Interfaces {
  private static final int ANY = -1;

  private final Ec2Calls ec2;

  Ec2Interfaces(Ec2Calls ec2) {
    this.ec2 = ec2;
  }

  /** Whether anything in a VPC has one. */
  boolean any(VpcId vpc) {
    return first("look for network interfaces in " + vpc, Ec2Calls.filter("vpc-id", vpc))
        .isPresent();
  }

  Optional<NetworkInterface> with(VpcId vpc, Cidr address) {
    String plain = address.value().substring(0, address.value().indexOf('/'));
    return first(
            "look for " + plain + " in " + vpc,
            Ec2Calls.filter("vpc-id", vpc),
            Ec2Calls.filter("addresses.private-ip-address", List.of(plain)))
        .map(Ec2Interfaces::face);
  }

  Optional<NetworkInterface> of(InstanceId instance) {
    return first(
            "look for the network interface of " + instance,
            Ec2Calls.filter("attachment.instance-id", List.of(instance.value())))
        .map(Ec2Interfaces::face);
  }

  Optional<NetworkInterface> ofAnInstance(VpcId vpc) {
    return first(
            "look for an instance in " + vpc,
            Ec2Calls.filter("vpc-id", vpc),
            Ec2Calls.filter("attachment.instance-id", List.of("i-*")))
        .map(Ec2Interfaces::face);
  }

  // A page may be empty though others follow (EC2 API reference, "Pagination").
  private Optional<software.amazon.awssdk.services.ec2.model.NetworkInterface> first(
      String what, Filter... filters) {
    return ec2.call(
        what,
        client ->
            client
                .describeNetworkInterfacesPaginator(
                    r ->
                        r.filters(filters)
                            .maxResults(Ec2Calls.PAGE)
                            .overrideConfiguration(ec2.caller()))
                .networkInterfaces()
                .stream()
                .findFirst());
  }

  private static NetworkInterface face(
      software.amazon.awssdk.services.ec2.model.NetworkInterface seen) {
    return new NetworkInterface(
        seen.networkInterfaceId(),
        new VpcId(seen.vpcId()),
        seen.subnetId(),
        seen.groups().stream().map(GroupIdentifier::groupId).map(SecurityGroupId::new).toList(),
        Cidr.ofAddress(seen.privateIpAddress()),
        seen.attachment() == null || seen.attachment().instanceId() == null
            ? null
            : new InstanceId(seen.attachment().instanceId()));
  }

  List<GroupRule> inbound(Collection<SecurityGroupId> groups) {
    return rules(groups, SecurityGroup::ipPermissions);
  }

  List<GroupRule> outbound(Collection<SecurityGroupId> groups) {
    return rules(groups, SecurityGroup::ipPermissionsEgress);
  }

  private List<GroupRule> rules(
      Collection<SecurityGroupId> groups, Function<SecurityGroup, List<IpPermission>> direction) {
    if (groups.isEmpty()) {
      return List.of();
    }
    List<String> ids = groups.stream().map(SecurityGroupId::value).sorted().toList();
    return ec2.call(
        "read the rules of " + String.join(", ", ids),
        client ->
            client
                .describeSecurityGroupsPaginator(
                    r ->
                        r.filters(Ec2Calls.filter("group-id", ids))
                            .maxResults(Ec2Calls.PAGE)
                            .overrideConfiguration(ec2.caller()))
                .securityGroups()
                .stream()
                .flatMap(
                    group ->
                        direction.apply(group).stream()
                            .map(rule -> rule(new SecurityGroupId(group.groupId()), rule)))
                .toList());
  }

  private static GroupRule rule(SecurityGroupId group, IpPermission seen) {
    return new GroupRule(
        group,
        Ec2Records.protocol(seen.ipProtocol()),
        seen.fromPort() == null ? ANY : seen.fromPort(),
        seen.toPort() == null ? ANY : seen.toPort(),
        seen.ipRanges().stream().map(range -> new Cidr(range.cidrIp())).toList(),
        seen.prefixListIds().stream().map(list -> new PrefixListId(list.prefixListId())).toList(),
        seen.userIdGroupPairs().stream().anyMatch(pair -> pair.vpcPeeringConnectionId() != null));
  }
}
