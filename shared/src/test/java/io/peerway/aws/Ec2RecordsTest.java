package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Ingress;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Answers of EC2 as records of ours; what we do not handle is left out. */
class Ec2RecordsTest extends AwsTest {

  @Test
  void a_pending_request_shows_no_cidrs_of_the_accepter() {
    assertThat(
            peering(
                """
                <accepterVpcInfo><ownerId>123456789012</ownerId><region>eu-west-1</region>
                  <vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId></accepterVpcInfo>
                <expirationTime>2026-11-30T08:00:00.000Z</expirationTime>
                <requesterVpcInfo><cidrBlock>10.110.0.0/16</cidrBlock>
                  <cidrBlockSet><item><cidrBlock>10.110.0.0/16</cidrBlock></item>
                    <item><cidrBlock>10.120.0.0/24</cidrBlock></item></cidrBlockSet>
                  <ipv6CidrBlockSet><item><ipv6CidrBlock>2001:db8::/56</ipv6CidrBlock></item></ipv6CidrBlockSet>
                  <ownerId>210987654321</ownerId><vpcId>vpc-0bbbbbbbbbbbbbbbb</vpcId>
                  <region>eu-west-1</region></requesterVpcInfo>
                <status><code>pending-acceptance</code>
                  <message>Pending Acceptance by 123456789012</message></status>
                <tagSet/>
                <vpcPeeringConnectionId>pcx-0a1b2c3d4e5f60718</vpcPeeringConnectionId>
                """))
        .isEqualTo(
            new Peering(
                Samples.PEERING,
                PeeringStatus.PENDING_ACCEPTANCE,
                Samples.serviceSide(),
                new io.peerway.model.network.VpcSide(
                    Samples.HUB_ACCOUNT, Samples.REGION, Samples.HUB_VPC, List.of()),
                Map.of(),
                // Seven days before it expires.
                Instant.parse("2026-11-23T08:00:00Z").toEpochMilli()));
  }

  @Test
  void a_peering_connection_has_its_tags() {
    String side =
        "<ownerId>123456789012</ownerId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId><region>eu-west-1</region>";
    assertThat(
            peering(
                    "<accepterVpcInfo>%s</accepterVpcInfo><requesterVpcInfo>%s</requesterVpcInfo>"
                            .formatted(side, side)
                        + "<status><code>active</code></status><tagSet><item><key>peerway:cidrs</key><value>10.110.0.0/16"
                        + " 10.120.0.0/24</value></item>"
                        + "</tagSet><vpcPeeringConnectionId>pcx-00000001</vpcPeeringConnectionId>")
                .claim())
        .isEqualTo(Samples.SERVICE_CIDRS);
  }

  private Peering peering(String content) {
    aws.answers(
        "DescribeVpcPeeringConnections", listing("vpcPeeringConnectionSet", item(content), ""));
    return hub().livePeerings().items().getFirst();
  }

  @Test
  void a_vpc_has_its_primary_and_every_associated_secondary_cidr() {
    aws.answers(
        "DescribeVpcs",
        listing(
            "vpcSet",
            item(
                """
                <vpcId>vpc-0bbbbbbbbbbbbbbbb</vpcId><ownerId>210987654321</ownerId>
                <cidrBlock>10.110.0.0/16</cidrBlock>
                <cidrBlockAssociationSet>%s%s%s%s</cidrBlockAssociationSet>
                """
                    .formatted(
                        associated("10.110.0.0/16", "associated"),
                        associated("10.111.0.0/16", "associating"),
                        associated("10.112.0.0/16", "disassociated"),
                        associated("10.113.0.0/16", "failed"))),
            ""));
    assertThat(hub().vpc(Samples.SERVICE_VPC))
        .contains(
            new Vpc(
                Samples.SERVICE_VPC,
                Samples.SERVICE_ACCOUNT,
                Cidr.list("10.110.0.0/16 10.111.0.0/16"),
                Map.of()));
  }

  private static String associated(String cidr, String state) {
    return item(
        "<cidrBlock>%s</cidrBlock><cidrBlockState><state>%s</state></cidrBlockState>"
            .formatted(cidr, state));
  }

  @Test
  void every_kind_of_ipv4_route_is_seen_with_its_target() {
    RouteTable table =
        table(
            route("10.110.0.0/16", "gatewayId", "local"),
            route("0.0.0.0/0", "gatewayId", "igw-01"),
            route("10.1.0.0/16", "natGatewayId", "nat-01"),
            route("10.2.0.0/16", "transitGatewayId", "tgw-01"),
            route("10.3.0.0/16", "vpcPeeringConnectionId", "pcx-0a1b2c3d4e5f60718"),
            "<destinationCidrBlock>10.4.0.0/16</destinationCidrBlock><instanceId>i-01</instanceId>"
                + "<networkInterfaceId>eni-01</networkInterfaceId><state>blackhole</state>",
            "<destinationCidrBlock>10.5.0.0/16</destinationCidrBlock><state>active</state>",
            "<destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock><gatewayId>igw-01</gatewayId>",
            "<destinationPrefixListId>pl-63a5400a</destinationPrefixListId><gatewayId>vpce-1</gatewayId>",
            "<destinationCidrBlock>10.1.0.0/16</destinationCidrBlock><gatewayId>vgw-01</gatewayId>"
                + "<origin>EnableVgwRoutePropagation</origin><state>active</state>");
    assertThat(
            table.routes().stream()
                .filter(Route::isStatic)
                .collect(Collectors.toMap(r -> r.destination().value(), Route::target)))
        .isEqualTo(
            Map.of(
                "10.110.0.0/16", "local",
                "0.0.0.0/0", "igw-01",
                "10.1.0.0/16", "nat-01",
                "10.2.0.0/16", "tgw-01",
                "10.3.0.0/16", "pcx-0a1b2c3d4e5f60718",
                "10.4.0.0/16", "eni-01",
                "10.5.0.0/16", "unknown"));
    assertThat(table.routes())
        .filteredOn(route -> route.state() == Route.State.BLACKHOLE)
        .singleElement()
        .satisfies(route -> assertThat(route.target()).isEqualTo("eni-01"));
    assertThat(table.routes())
        .filteredOn(route -> route.belongsTo(Samples.PEERING))
        .extracting(route -> route.destination().value())
        .containsExactly("10.3.0.0/16");
    assertThat(table.routes())
        .filteredOn(route -> !route.isStatic())
        .containsExactly(
            new Route(
                new Cidr("10.1.0.0/16"), "vgw-01", Route.State.ACTIVE, Route.Origin.PROPAGATED));
    assertThat(table.lists())
        .containsExactly(
            new PrefixListRoute(new PrefixListId("pl-63a5400a"), "vpce-1", Route.State.ACTIVE));
  }

  @Test
  void a_table_that_a_gateway_has_is_left_out() {
    String table =
        "<routeTableId>rtb-0000000%1$d</routeTableId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId>"
            + "<associationSet><item><%2$s>%3$s</%2$s></item></associationSet>";
    aws.answers(
        "DescribeRouteTables",
        listing(
            "routeTableSet",
            item(table.formatted(1, "gatewayId", "igw-01"))
                + item(table.formatted(2, "subnetId", "subnet-01")),
            ""));
    assertThat(hub().routeTables(Samples.HUB_VPC).items())
        .extracting(seen -> seen.id().value())
        .containsExactly("rtb-00000002");
  }

  @Test
  void a_network_acl_has_its_ipv4_rules_and_its_subnets() {
    aws.answers(
        "DescribeNetworkAcls",
        listing(
            "networkAclSet",
            item(
                "<networkAclId>acl-01</networkAclId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId>"
                    + "<associationSet><item><subnetId>subnet-02</subnetId></item>"
                    + "<item><subnetId>subnet-01</subnetId></item></associationSet><entrySet>"
                    + entry(
                        100,
                        "6",
                        "allow",
                        false,
                        "10.0.0.0/8",
                        "<portRange><from>22</from><to>23</to></portRange>")
                    + entry(
                        110,
                        "1",
                        "deny",
                        true,
                        "10.0.0.0/8",
                        "<icmpTypeCode><type>8</type><code>-1</code></icmpTypeCode>")
                    + entry(
                        120,
                        "1",
                        "deny",
                        true,
                        "10.0.0.0/8",
                        "<icmpTypeCode><type>3</type><code>4</code></icmpTypeCode>")
                    + entry(32767, "-1", "deny", false, "0.0.0.0/0", "")
                    + "<item><ruleNumber>130</ruleNumber><protocol>-1</protocol><egress>false</egress>"
                    + "<ruleAction>allow</ruleAction><ipv6CidrBlock>::/0</ipv6CidrBlock></item>"
                    + "</entrySet>"),
            ""));
    assertThat(hub().networkAclsOf(Set.of(Samples.HUB_VPC)).get(Samples.HUB_VPC).items())
        .containsExactly(
            new NetworkAcl(
                "acl-01",
                Samples.HUB_VPC,
                List.of("subnet-01", "subnet-02"),
                List.of(
                    rule(100, Direction.INBOUND, true, 6, "10.0.0.0/8", 22, 23),
                    rule(110, Direction.OUTBOUND, false, 1, "10.0.0.0/8", 8, 8),
                    rule(NetworkAcl.LAST, Direction.INBOUND, false, -1, "0.0.0.0/0", -1, -1))));
  }

  private static NetworkAcl.Rule rule(
      int number,
      Direction direction,
      boolean allows,
      int protocol,
      String cidr,
      int from,
      int to) {
    return new NetworkAcl.Rule(number, direction, allows, protocol, new Cidr(cidr), from, to);
  }

  private static String entry(
      int number, String protocol, String action, boolean egress, String cidr, String more) {
    return item(
        "<ruleNumber>%d</ruleNumber><protocol>%s</protocol><ruleAction>%s</ruleAction><egress>%s</egress><cidrBlock>%s</cidrBlock>%s"
            .formatted(number, protocol, action, egress, cidr, more));
  }

  @Test
  void the_ipv4_cidrs_of_a_prefix_list_are_read_to_the_last_page() {
    String entry = "<cidr>%s</cidr>";
    aws.answers(
        "GetManagedPrefixListEntries",
        listing(
            "entrySet",
            item(entry.formatted("10.1.0.0/16")) + item("<cidr>2001:db8::/56</cidr>"),
            "more"));
    aws.answers(
        "GetManagedPrefixListEntries",
        listing("entrySet", item(entry.formatted("10.2.0.0/16")), ""));
    assertThat(hub().prefixList(new PrefixListId("pl-63a5400a")))
        .isEqualTo(Cidr.list("10.1.0.0/16 10.2.0.0/16"));
    assertThat(last().form())
        .containsEntry("PrefixListId", "pl-63a5400a")
        .containsEntry("NextToken", "more");
  }

  private RouteTable table(String... routes) {
    String items = java.util.Arrays.stream(routes).map(AwsTest::item).collect(Collectors.joining());
    aws.answers(
        "DescribeRouteTables",
        listing(
            "routeTableSet",
            item(
                "<routeTableId>rtb-00000001</routeTableId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId>"
                    + "<tagSet><item><key>Name</key><value/></item></tagSet>"
                    + "<routeSet>"
                    + items
                    + "</routeSet>"),
            ""));
    return hub().routeTables(Samples.HUB_VPC).items().getFirst();
  }

  private static String route(String destination, String kind, String target) {
    return "<destinationCidrBlock>%s</destinationCidrBlock><%s>%s</%s><state>active</state>"
        .formatted(destination, kind, target, kind);
  }

  @Test
  void only_openings_of_our_shape_are_seen_in_a_group() {
    aws.answers(
        "DescribeSecurityGroups",
        listing(
            "securityGroupInfo",
            item(
                "<groupId>sg-00000001</groupId><groupName>web</groupName><vpcId>vpc-0bbbbbbbbbbbbbbbb</vpcId><ipPermissions>"
                    + permission("tcp", "22", "22", "10.100.0.10/32", "0.0.0.0/0")
                    + permission("udp", "53", "53", "10.100.0.10/32")
                    + permission("tcp", "80", "81", "10.100.0.10/32")
                    + permission("icmp", "8", "8", "10.100.0.10/32")
                    + permission("tcp", "443", "443", "10.100.0.10/16")
                    + item(
                        "<ipProtocol>-1</ipProtocol><groups><item><groupId>sg-2</groupId></item></groups>")
                    + item(
                        "<ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>"
                            + "<ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges>"
                            + "<prefixListIds><item><prefixListId>pl-1</prefixListId></item></prefixListIds>")
                    + "</ipPermissions>"),
            ""));
    SecurityGroup group = hub().securityGroups(Samples.SERVICE_VPC).items().getFirst();
    assertThat(group.ingress())
        .extracting(Ingress::toString)
        .containsExactly(
            "tcp/22 from 10.100.0.10/32",
            "tcp/22 from 0.0.0.0/0",
            "udp/53 from 10.100.0.10/32",
            "tcp/80-81 from 10.100.0.10/32");
    assertThat(group.ingress().getFirst().port()).isEqualTo(Port.parse("tcp/22"));
  }

  private static String permission(String protocol, String from, String to, String... sources) {
    return item(
        "<ipProtocol>%s</ipProtocol><fromPort>%s</fromPort><toPort>%s</toPort><ipRanges>%s</ipRanges>"
            .formatted(
                protocol,
                from,
                to,
                java.util.Arrays.stream(sources)
                    .map(source -> item("<cidrIp>%s</cidrIp>".formatted(source)))
                    .collect(Collectors.joining())));
  }
}
