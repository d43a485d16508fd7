package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.VpnInstance;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.value.Cidr;
import io.peerway.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ec2HubNetworkTest extends AwsTest {

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
  void the_scan_of_pending_requests_says_that_it_is_one() {
    peerings("pcx-00000001", "");
    assertThat(clients.scan().livePeerings().items()).hasSize(1);
    assertThat(last().header("User-Agent")).contains("peerway/scan");
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
  void tags_are_written_in_one_call() {
    aws.answers("CreateTags", DONE);
    hub()
        .ensureTagged(
            Samples.PEERING, Map.of("peerway:cidrs", "10.110.0.0/16", "peerway:by", "tag"));
    assertThat(last().form())
        .isEqualTo(
            Map.of(
                "ResourceId.1", "pcx-0a1b2c3d4e5f60718",
                "Tag.1.Key", "peerway:by",
                "Tag.1.Value", "tag",
                "Tag.2.Key", "peerway:cidrs",
                "Tag.2.Value", "10.110.0.0/16"));
  }

  @Test
  void a_refusal_is_noted_on_the_hub_vpc() {
    aws.answers("CreateTags", DONE);
    assertThat(hub().ensureRefused(Samples.HUB_VPC, Samples.SERVICE_VPC, Samples.PEERING)).isTrue();
    assertThat(last().form())
        .isEqualTo(
            Map.of(
                "ResourceId.1", "vpc-0aaaaaaaaaaaaaaaa",
                "Tag.1.Key", "peerway:refused:vpc-0bbbbbbbbbbbbbbbb",
                "Tag.1.Value", "pcx-0a1b2c3d4e5f60718"));
  }

  @Test
  void a_hub_vpc_without_room_for_the_note_is_an_answer_and_any_other_refusal_a_failure() {
    refuses("CreateTags", "TagLimitExceeded");
    assertThat(hub().ensureRefused(Samples.HUB_VPC, Samples.SERVICE_VPC, Samples.PEERING))
        .isFalse();
    refuses("CreateTags", "TagPolicyViolation");
    assertThatExceptionOfType(RefusedByAws.class)
        .isThrownBy(
            () -> hub().ensureRefused(Samples.HUB_VPC, Samples.SERVICE_VPC, Samples.PEERING))
        .withMessageContaining("TagPolicyViolation");
  }

  @Test
  void a_claim_for_which_there_is_no_room_is_a_failure() {
    refuses("CreateTags", "TagLimitExceeded");
    assertThatExceptionOfType(RefusedByAws.class)
        .isThrownBy(() -> hub().ensureTagged(Samples.PEERING, Map.of("peerway:by", "tag")));
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
