package io.peerway.scenarios;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GatewayType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/** What people do to their networks beside Peerway. */
final class RigNetwork {
  private static final String TCP = "6";

  private final Rig rig;

  RigNetwork(Rig rig) {
    this.rig = rig;
  }

  /** The owner of a subnet shares it by RAM: the account sees its VPC from now on. */
  void share(String subnet, String account) {
    rig.ask("/subnets/share", Map.of("subnet", subnet, "account", account));
  }

  /** And takes that back. */
  void unshare(String subnet, String account) {
    rig.ask("/subnets/unshare", Map.of("subnet", subnet, "account", account));
  }

  /** The subnet of the VPN instances. */
  String hubSubnet() {
    return rig.ask("/describe", Map.of()).at("/hub/subnets/0").asText();
  }

  /** A second instance of a service, in the second subnet, which has a route table of its own. */
  Service.Machine secondMachine(Service service) {
    Instance made =
        rig.ec2(service)
            .runInstances(
                r ->
                    r.imageId("ami-12c6146b")
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(service.subnets().get(1))
                        .securityGroupIds(service.instance().securityGroup()))
            .instances()
            .getFirst();
    return new Service.Machine(
        made.instanceId(), made.privateIpAddress(), service.instance().securityGroup());
  }

  /** The exit code of an ssh session from the company host. */
  int ssh(String address) {
    return rig.ask("/ssh", Map.of("to", address, "command", "true", "connectTimeout", 2))
        .get("exit")
        .asInt();
  }

  // Routes.

  /** A network interface that packets may be sent to and that passes nothing on. */
  String middlebox(Ec2Client ec2, String subnet) {
    return ec2.createNetworkInterface(r -> r.subnetId(subnet))
        .networkInterface()
        .networkInterfaceId();
  }

  void route(Ec2Client ec2, String table, String cidr, String networkInterface) {
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock(cidr).networkInterfaceId(networkInterface));
  }

  void routeList(Ec2Client ec2, String table, String list, String networkInterface) {
    ec2.createRoute(
        r ->
            r.routeTableId(table)
                .destinationPrefixListId(list)
                .networkInterfaceId(networkInterface));
  }

  /** A managed prefix list of these CIDRs. */
  String prefixList(Ec2Client ec2, String... cidrs) {
    List<AddPrefixListEntry> entries =
        Arrays.stream(cidrs).map(cidr -> AddPrefixListEntry.builder().cidr(cidr).build()).toList();
    return ec2.createManagedPrefixList(
            r ->
                r.prefixListName("beside-peerway")
                    .maxEntries(10)
                    .addressFamily("IPv4")
                    .entries(entries))
        .prefixList()
        .prefixListId();
  }

  /**
   * A virtual private gateway of the VPC that has learned this CIDR and propagates it to a table.
   */
  String propagate(Ec2Client ec2, String vpc, String table, String cidr) {
    String gateway =
        ec2.createVpnGateway(r -> r.type(GatewayType.IPSEC_1)).vpnGateway().vpnGatewayId();
    ec2.attachVpnGateway(r -> r.vpcId(vpc).vpnGatewayId(gateway));
    rig.ask("/gateways/learn", Map.of("gateway", gateway, "cidrs", List.of(cidr)));
    ec2.enableVgwRoutePropagation(r -> r.routeTableId(table).gatewayId(gateway));
    return gateway;
  }

  /** Takes such a gateway away. */
  void endPropagation(Ec2Client ec2, String vpc, String table, String gateway) {
    ec2.disableVgwRoutePropagation(r -> r.routeTableId(table).gatewayId(gateway));
    ec2.detachVpnGateway(r -> r.vpcId(vpc).vpnGatewayId(gateway));
  }

  /** A route table that an internet gateway of the VPC is associated with. */
  String edgeTable(Ec2Client ec2, String vpc) {
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
    ec2.associateRouteTable(r -> r.routeTableId(table).gatewayId(gateway));
    return table;
  }

  /** As {@code destination -> target}, what a route table has, the local route aside. */
  List<String> routesOf(String table) {
    return rig.ask("/snapshot", Map.of())
        .get("routeTables")
        .valueStream()
        .filter(seen -> seen.get("id").asText().equals(table))
        .flatMap(seen -> seen.get("routes").valueStream())
        .filter(route -> !route.get("target").asText().equals("local"))
        .map(route -> route.get("destination").asText() + " -> " + route.get("target").asText())
        .toList();
  }

  // Network ACLs.

  /** The network ACL of a subnet. */
  String acl(Ec2Client ec2, String subnet) {
    return ec2.describeNetworkAcls(
            r -> r.filters(Filter.builder().name("association.subnet-id").values(subnet).build()))
        .networkAcls()
        .getFirst()
        .networkAclId();
  }

  /** Gives a subnet an ACL of its own, which denies everything so far. */
  String ownAcl(Ec2Client ec2, String vpc, String subnet) {
    String acl = ec2.createNetworkAcl(r -> r.vpcId(vpc)).networkAcl().networkAclId();
    String association =
        ec2
            .describeNetworkAcls(
                r ->
                    r.filters(
                        Filter.builder().name("association.subnet-id").values(subnet).build()))
            .networkAcls()
            .getFirst()
            .associations()
            .stream()
            .filter(each -> each.subnetId().equals(subnet))
            .findFirst()
            .orElseThrow()
            .networkAclAssociationId();
    ec2.replaceNetworkAclAssociation(r -> r.associationId(association).networkAclId(acl));
    return acl;
  }

  /** One entry of an ACL: a direction, ports, the addresses on the other side. */
  record Entry(int number, boolean egress, int from, int to, String cidr) {}

  void deny(Ec2Client ec2, String acl, Entry entry) {
    enter(ec2, acl, entry, RuleAction.DENY);
  }

  void allow(Ec2Client ec2, String acl, Entry entry) {
    enter(ec2, acl, entry, RuleAction.ALLOW);
  }

  private static void enter(Ec2Client ec2, String acl, Entry entry, RuleAction action) {
    ec2.createNetworkAclEntry(
        r ->
            r.networkAclId(acl)
                .ruleNumber(entry.number())
                .egress(entry.egress())
                .protocol(TCP)
                .ruleAction(action)
                .cidrBlock(entry.cidr())
                .portRange(p -> p.from(entry.from()).to(entry.to())));
  }

  void remove(Ec2Client ec2, String acl, Entry entry) {
    ec2.deleteNetworkAclEntry(
        r -> r.networkAclId(acl).ruleNumber(entry.number()).egress(entry.egress()));
  }

  // Quotas.

  /** Active peering connections of the hub VPC, by EC2's own count. */
  int activePeerings() {
    return (int)
        rig.ask("/snapshot", Map.of())
            .get("peerings")
            .valueStream()
            .filter(each -> each.get("status").asText().equals("active"))
            .filter(each -> each.toString().contains(rig.hubVpc()))
            .count();
  }

  /** Deploys the hub stack with another value of {@code PeeringsPerVpc}. */
  void peeringsPerVpc(int quota) {
    vary("PEERINGS_PER_VPC", quota);
  }

  /** And of {@code RoutesPerTable}. */
  void routesPerTable(int quota) {
    vary("ROUTES_PER_TABLE", quota);
  }

  // Of the functions that decide by it.
  private void vary(String variable, int value) {
    for (String function : List.of("AcceptFunction", "PendingScanFunction")) {
      rig.ask(
          "/functions/vary",
          Map.of("function", function, "variables", Map.of(variable, String.valueOf(value))));
    }
  }
}
