package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ec2NetworkTest extends AwsTest {

  @Test
  void a_vpc_that_ec2_does_not_know_is_empty() {
    aws.answers("DescribeVpcs", listing("vpcSet", "", ""));
    assertThat(hub().vpc(Samples.HUB_VPC)).isEmpty();
    assertThat(last().form())
        .isEqualTo(Map.of("Filter.1.Name", "vpc-id", "Filter.1.Value.1", Samples.HUB_VPC.value()));
  }

  @Test
  void the_tag_for_a_team_is_written_and_taken_off_whatever_it_says() {
    aws.answers("CreateTags", DONE);
    assertThat(hub().ensureStatus(Samples.SERVICE_VPC, "ending")).isTrue();
    assertThat(last().form())
        .isEqualTo(
            Map.of(
                "ResourceId.1", "vpc-0bbbbbbbbbbbbbbbb",
                "Tag.1.Key", "peerway:status",
                "Tag.1.Value", "ending"));
    aws.answers("DeleteTags", DONE);
    hub().ensureNoStatus(Samples.SERVICE_VPC);
    assertThat(last().form())
        .isEqualTo(Map.of("ResourceId.1", "vpc-0bbbbbbbbbbbbbbbb", "Tag.1.Key", "peerway:status"));
  }

  @Test
  void a_vpc_that_has_no_room_for_the_tag_or_is_gone_is_an_answer() {
    for (String code : List.of("TagLimitExceeded", "TagPolicyViolation")) {
      refuses("CreateTags", code);
      assertThat(hub().ensureStatus(Samples.SERVICE_VPC, "ending")).isFalse();
    }
    refuses("CreateTags", "InvalidVpcID.NotFound");
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> hub().ensureStatus(Samples.SERVICE_VPC, "ending"));
    refuses("DeleteTags", "InvalidVpcID.NotFound");
    hub().ensureNoStatus(Samples.SERVICE_VPC);
    refuses("DeleteTags", "UnauthorizedOperation");
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(() -> hub().ensureNoStatus(Samples.SERVICE_VPC));
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
  void a_vpc_is_empty_where_no_page_has_a_network_interface() {
    String face = item("<networkInterfaceId>eni-1</networkInterfaceId>");
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", "", "more"));
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", face, ""));
    assertThat(hub().hasInterfaces(Samples.SERVICE_VPC)).isTrue();
    assertThat(last().form()).containsEntry("Filter.1.Name", "vpc-id");
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", "", ""));
    assertThat(hub().hasInterfaces(Samples.SERVICE_VPC)).isFalse();
  }
}
