package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.VpnInstance;
import io.peerway.model.error.Denied;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.value.Cidr;
import io.peerway.testing.CannedAws;
import io.peerway.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ec2NetworkReadTest extends AwsTest {

  @Test
  void only_live_peering_connections_are_asked_for_and_every_page_is_read() {
    peerings("pcx-00000001", "page 2");
    peerings("pcx-00000002", "page 3");
    peerings("pcx-00000003", "");
    assertThat(hub().livePeerings().items())
        .extracting(peering -> peering.id().value())
        .containsExactly("pcx-00000001", "pcx-00000002", "pcx-00000003");
    assertThat(aws.requests().getFirst().form())
        .isEqualTo(
            Map.of(
                "Filter.1.Name", "status-code",
                "Filter.1.Value.1", "initiating-request",
                "Filter.1.Value.2", "pending-acceptance",
                "Filter.1.Value.3", "provisioning",
                "Filter.1.Value.4", "active",
                "MaxResults", "1000"));
    assertThat(last().form()).containsEntry("NextToken", "page 3");
  }

  @Test
  void what_is_over_is_asked_for_as_long_as_it_has_a_claim() {
    peerings("pcx-00000001", "page 2");
    peerings("pcx-00000002", "");
    assertThat(hub().endedAdmitted().items()).hasSize(2);
    assertThat(aws.requests().getFirst().form())
        .containsEntry("Filter.1.Name", "status-code")
        .containsEntry("Filter.1.Value.1", "deleting")
        .containsEntry("Filter.1.Value.2", "deleted")
        .containsEntry("Filter.2.Name", "tag-key")
        .containsEntry("Filter.2.Value.1", "peerway:cidrs");
  }

  @Test
  void a_listing_whose_last_page_fails_is_no_listing() {
    peerings("pcx-00000001", "page 2");
    refuses("DescribeVpcPeeringConnections", "InvalidNextToken");
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(() -> hub().livePeerings());
  }

  @Test
  void one_peering_connection_is_read_in_whatever_status() {
    peerings("pcx-00000001", "");
    assertThat(hub().peering(Samples.PEERING)).map(Peering::id).isPresent();
    assertThat(last().form())
        .isEqualTo(Map.of("VpcPeeringConnectionId.1", Samples.PEERING.value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InvalidVpcPeeringConnectionID.NotFound",
        "InvalidVpcPeeringConnectionId.NotFound"
      })
  void one_that_ec2_does_not_know_is_empty(String code) {
    refuses("DescribeVpcPeeringConnections", code);
    assertThat(hub().peering(Samples.PEERING)).isEmpty();
  }

  @Test
  void not_being_allowed_to_read_one_does_not_make_it_unknown() {
    refuses("DescribeVpcPeeringConnections", "UnauthorizedOperation");
    assertThatExceptionOfType(Denied.class).isThrownBy(() -> hub().peering(Samples.PEERING));
  }

  @Test
  void the_scan_of_pending_requests_says_that_it_is_one() {
    peerings("pcx-00000001", "");
    assertThat(clients.scan().livePeerings().items()).hasSize(1);
    assertThat(last().header("User-Agent")).contains("peerway/scan");
  }

  @Test
  void a_vpc_that_ec2_does_not_know_is_empty() {
    aws.answers("DescribeVpcs", listing("vpcSet", "", ""));
    assertThat(hub().vpc(Samples.HUB_VPC)).isEmpty();
    assertThat(last().form())
        .isEqualTo(Map.of("Filter.1.Name", "vpc-id", "Filter.1.Value.1", Samples.HUB_VPC.value()));
  }

  @Test
  void every_page_of_route_tables_is_read() {
    String table = "<routeTableId>rtb-0000000%d</routeTableId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId>";
    aws.answers("DescribeRouteTables", listing("routeTableSet", item(table.formatted(1)), "more"));
    aws.answers("DescribeRouteTables", listing("routeTableSet", item(table.formatted(2)), ""));
    assertThat(hub().routeTables(Samples.HUB_VPC).items())
        .extracting(RouteTable::id)
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(last().form()).containsEntry("NextToken", "more").containsEntry("MaxResults", "100");
  }

  @Test
  void every_page_of_security_groups_is_read() {
    String group =
        "<groupId>sg-0000000%d</groupId><groupName>g</groupName><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId>";
    aws.answers(
        "DescribeSecurityGroups", listing("securityGroupInfo", item(group.formatted(1)), "m"));
    aws.answers(
        "DescribeSecurityGroups", listing("securityGroupInfo", item(group.formatted(2)), ""));
    assertThat(hub().securityGroups(Samples.HUB_VPC).items())
        .extracting(SecurityGroup::id)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void vpn_instances_are_those_with_the_tag_that_may_run() {
    aws.answers("DescribeInstances", listing("reservationSet", instance("10.100.0.20"), "more"));
    aws.answers("DescribeInstances", listing("reservationSet", instance("10.100.0.3"), ""));
    assertThat(VpnInstance.addresses(hub().vpnInstances(Samples.HUB_VPC)))
        .isEqualTo(Cidr.list("10.100.0.3/32 10.100.0.20/32"));
    assertThat(last().form())
        .containsEntry("Filter.1.Name", "vpc-id")
        .containsEntry("Filter.2.Name", "tag:peerway:role")
        .containsEntry("Filter.2.Value.1", "vpn")
        .containsEntry("Filter.3.Name", "instance-state-name")
        .doesNotContainValue("terminated")
        .doesNotContainValue("shutting-down");
  }

  @Test
  void every_interface_of_a_vpn_instance_in_the_hub_vpc_counts() {
    aws.answers(
        "DescribeInstances",
        listing(
            "reservationSet",
            item(
                """
                <instancesSet><item><instanceId>i-00000001</instanceId><vpcId>vpc-hub</vpcId>
                <instanceState><name>running</name></instanceState>
                <subnetId>subnet-1</subnetId><privateIpAddress>10.100.0.3</privateIpAddress>
                <networkInterfaceSet>
                <item><vpcId>vpc-hub</vpcId><subnetId>subnet-1</subnetId>
                <privateIpAddress>10.100.0.3</privateIpAddress></item>
                <item><vpcId>vpc-hub</vpcId><subnetId>subnet-2</subnetId>
                <privateIpAddress>10.100.1.4</privateIpAddress></item>
                <item><vpcId>vpc-other</vpcId><subnetId>subnet-3</subnetId>
                <privateIpAddress>10.9.0.5</privateIpAddress></item>
                </networkInterfaceSet></item></instancesSet>"""),
            ""));
    var instances = hub().vpnInstances(Samples.HUB_VPC);
    assertThat(VpnInstance.addresses(instances))
        .isEqualTo(Cidr.list("10.100.0.3/32 10.100.1.4/32"));
    assertThat(VpnInstance.subnets(instances)).containsExactly("subnet-1", "subnet-2");
  }

  @Test
  void a_vpc_is_empty_where_no_page_has_a_network_interface() {
    String face = item("<networkInterfaceId>eni-1</networkInterfaceId>");
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", "", "more"));
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", face, ""));
    assertThat(hub().hasInterfaces(Samples.SERVICE_VPC)).isTrue();
    assertThat(last().form()).containsEntry("Filter.1.Name", "vpc-id");
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", "", ""));
    assertThat(hub().hasInterfaces(Samples.SERVICE_VPC)).isFalse();
  }

  @Test
  void every_read_says_for_which_connection_it_is() {
    peerings("pcx-00000001", "page 2");
    peerings("pcx-00000002", "");
    hub().livePeerings();
    aws.answers("DescribeVpcs", listing("vpcSet", "", ""));
    hub().vpc(Samples.HUB_VPC);
    assertThat(aws.requests())
        .hasSize(3)
        .extracting((CannedAws.Request request) -> request.header("User-Agent"))
        .allMatch(agent -> agent.contains("peerway/pcx-0a1b2c3d4e5f60718"));
  }

  private void peerings(String id, String next) {
    String side =
        "<ownerId>123456789012</ownerId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId><region>eu-west-1</region>";
    aws.answers(
        "DescribeVpcPeeringConnections",
        listing(
            "vpcPeeringConnectionSet",
            item(
                ("<vpcPeeringConnectionId>%s</vpcPeeringConnectionId>"
                        + "<status><code>active</code></status>"
                        + "<requesterVpcInfo>%s</requesterVpcInfo><accepterVpcInfo>%s</accepterVpcInfo>")
                    .formatted(id, side, side)),
            next));
  }

  private static String instance(String address) {
    return item(
        """
        <instancesSet><item><instanceId>i-00000001</instanceId>
        <instanceState><name>running</name></instanceState>
        <privateIpAddress>%s</privateIpAddress></item></instancesSet>"""
            .formatted(address));
  }
}
