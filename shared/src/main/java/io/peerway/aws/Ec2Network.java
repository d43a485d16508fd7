package io.peerway.aws;

import io.peerway.model.network.Change;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** {@link Network} on EC2, for one account and Region. */
class Ec2Network implements Network {
  private final Ec2Calls ec2;
  private final Ec2Peerings peerings;
  private final Ec2Changes changes;
  private final Ec2Interfaces interfaces;
  private final SecurityGroupRecords groups;

  /**
   * A network that is not touched before the first call.
   *
   * @param hub the hub VPC, whose openings in security groups are ours
   */
  Ec2Network(Ec2Calls ec2, VpcId hub) {
    this.ec2 = ec2;
    this.groups = new SecurityGroupRecords(hub);
    this.peerings = new Ec2Peerings(ec2);
    this.interfaces = new Ec2Interfaces(ec2);
    this.changes = new Ec2Changes(ec2, groups);
  }

  @Override
  public Map<PeeringId, Peering> peerings(Set<PeeringId> ids) {
    return peerings.read(ids);
  }

  @Override
  public Optional<Vpc> vpc(VpcId id) {
    // By filter, not by id: an unknown id is then an empty list and not an error.
    return ec2.call(
        "read " + id,
        client ->
            client
                .describeVpcs(
                    r ->
                        r.filters(Ec2Calls.filter("vpc-id", id))
                            .overrideConfiguration(ec2.caller()))
                .vpcs()
                .stream()
                .map(Ec2Records::vpc)
                .findFirst());
  }

  @Override
  public Complete<Vpc> vpcs() {
    return ec2.call(
        "list the VPCs",
        client ->
            new Complete<>(
                client
                    .describeVpcsPaginator(
                        r -> r.maxResults(Ec2Calls.PAGE).overrideConfiguration(ec2.caller()))
                    .vpcs()
                    .stream()
                    .map(Ec2Records::vpc)
                    .toList()));
  }

  @Override
  public Complete<RouteTable> routeTables(VpcId vpc) {
    return routeTablesOf(Set.of(vpc)).getOrDefault(vpc, new Complete<>(List.of()));
  }

  @Override
  public Complete<SecurityGroup> securityGroups(VpcId vpc) {
    return securityGroupsOf(Set.of(vpc)).getOrDefault(vpc, new Complete<>(List.of()));
  }

  @Override
  public Map<VpcId, Complete<RouteTable>> routeTables() {
    return routeTables("read the route tables");
  }

  @Override
  public Map<VpcId, Complete<SecurityGroup>> securityGroups() {
    return securityGroups("read the security groups");
  }

  @Override
  public Map<VpcId, Complete<RouteTable>> routeTablesOf(Set<VpcId> vpcs) {
    return routeTables(
        "read the route tables of " + printed(vpcs), Ec2Calls.filter("vpc-id", ids(vpcs)));
  }

  @Override
  public Map<VpcId, Complete<SecurityGroup>> securityGroupsOf(Set<VpcId> vpcs) {
    return securityGroups(
        "read the security groups of " + printed(vpcs), Ec2Calls.filter("vpc-id", ids(vpcs)));
  }

  private Map<VpcId, Complete<RouteTable>> routeTables(String what, Filter... filters) {
    return ec2.call(
        what,
        client ->
            complete(
                client
                    .describeRouteTablesPaginator(
                        r -> r.filters(filters).maxResults(100).overrideConfiguration(ec2.caller()))
                    .routeTables()
                    .stream()
                    .filter(seen -> !Ec2Records.isOfGateway(seen))
                    .map(Ec2Records::routeTable)
                    .collect(Collectors.groupingBy(RouteTable::vpc))));
  }

  private Map<VpcId, Complete<SecurityGroup>> securityGroups(String what, Filter... filters) {
    return ec2.call(
        what,
        client ->
            complete(
                client
                    .describeSecurityGroupsPaginator(
                        r ->
                            r.filters(filters)
                                .maxResults(Ec2Calls.PAGE)
                                .overrideConfiguration(ec2.caller()))
                    .securityGroups()
                    .stream()
                    .filter(seen -> seen.vpcId() != null)
                    .collect(
                        Collectors.groupingBy(
                            seen -> new VpcId(seen.vpcId()),
                            Collectors.mapping(groups::group, Collectors.toList())))));
  }

  @Override
  public Map<VpcId, Complete<NetworkAcl>> networkAclsOf(Set<VpcId> vpcs) {
    return ec2.call(
        "read the network ACLs of " + printed(vpcs),
        client ->
            complete(
                client
                    .describeNetworkAclsPaginator(
                        r ->
                            r.filters(Ec2Calls.filter("vpc-id", ids(vpcs)))
                                .maxResults(Ec2Calls.PAGE)
                                .overrideConfiguration(ec2.caller()))
                    .networkAcls()
                    .stream()
                    .map(Ec2Records::networkAcl)
                    .collect(Collectors.groupingBy(NetworkAcl::vpc))));
  }

  @Override
  public List<Cidr> prefixList(PrefixListId id) {
    return ec2.call(
        "read " + id,
        client ->
            Ec2Records.cidrs(
                client
                    .getManagedPrefixListEntriesPaginator(
                        r ->
                            r.prefixListId(id.value())
                                .maxResults(100)
                                .overrideConfiguration(ec2.caller()))
                    .entries()
                    .stream()
                    .toList()));
  }

  private static List<String> ids(Set<VpcId> vpcs) {
    return vpcs.stream().sorted().map(VpcId::value).toList();
  }

  private static String printed(Set<VpcId> vpcs) {
    return String.join(", ", ids(vpcs));
  }

  private static <T> Map<VpcId, Complete<T>> complete(Map<VpcId, List<T>> byVpc) {
    Map<VpcId, Complete<T>> whole = new HashMap<>();
    byVpc.forEach((vpc, items) -> whole.put(vpc, new Complete<>(items)));
    return Map.copyOf(whole);
  }

  @Override
  public boolean hasInterfaces(VpcId vpc) {
    return interfaces.any(vpc);
  }

  @Override
  public Optional<NetworkInterface> interfaceWith(VpcId vpc, Cidr address) {
    return interfaces.with(vpc, address);
  }

  @Override
  public Optional<NetworkInterface> interfaceOf(InstanceId instance) {
    return interfaces.of(instance);
  }

  @Override
  public Optional<NetworkInterface> interfaceOfAnInstance(VpcId vpc) {
    return interfaces.ofAnInstance(vpc);
  }

  @Override
  public List<GroupRule> inboundRules(Collection<SecurityGroupId> groups) {
    return interfaces.inbound(groups);
  }

  @Override
  public Optional<RouteTable> routeTableOf(VpcId vpc, String subnet) {
    return ec2.call(
        "read the route table of " + subnet,
        client -> {
          var tables =
              client
                  .describeRouteTablesPaginator(
                      r ->
                          r.filters(Ec2Calls.filter("vpc-id", vpc))
                              .maxResults(100)
                              .overrideConfiguration(ec2.caller()))
                  .routeTables()
                  .stream()
                  .toList();
          return tables.stream()
              .filter(table -> Ec2Records.isOfSubnet(table, subnet))
              .findFirst()
              .or(() -> tables.stream().filter(Ec2Records::isMain).findFirst())
              .map(Ec2Records::routeTable);
        });
  }

  @Override
  public void ensureAccepted(PeeringId id) {
    peerings.accept(id);
  }

  @Override
  public PeeringId ensureRequested(VpcId own, VpcSide hub) {
    return peerings.request(own, hub);
  }

  @Override
  public boolean ensureStatus(VpcId vpc, String status) {
    // Its owner's doing (EC2 user guide, "Tag restrictions"; Organizations user guide, "Tag
    // policies").
    return ec2.callUnless(
        Set.of("TagLimitExceeded", "TagPolicyViolation"),
        "write " + Tags.STATUS + " on " + vpc,
        client ->
            client.createTags(
                r ->
                    r.resources(vpc.value())
                        .tags(Ec2Calls.tag(Tags.STATUS, status))
                        .overrideConfiguration(ec2.caller())));
  }

  @Override
  public void ensureNoStatus(VpcId vpc) {
    ec2.callUnless(
        Set.of("InvalidVpcID.NotFound"),
        "take " + Tags.STATUS + " off " + vpc,
        client ->
            client.deleteTags(
                r ->
                    r.resources(vpc.value())
                        .tags(Tag.builder().key(Tags.STATUS).build())
                        .overrideConfiguration(ec2.caller())));
  }

  @Override
  public Change.Effect apply(Change change) {
    return changes.apply(change);
  }
}
