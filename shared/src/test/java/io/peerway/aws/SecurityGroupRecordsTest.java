package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Cidr;
import io.peerway.model.Ingress;
import io.peerway.model.Port;
import io.peerway.model.VpcId;
import io.peerway.testing.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

class SecurityGroupRecordsTest {
  private final SecurityGroupRecords records = new SecurityGroupRecords(Samples.HUB_VPC);
  private final SecurityGroupRecords ofAnotherHub =
      new SecurityGroupRecords(new VpcId("vpc-0dddddddddddddddd"));

  @Test
  void ours_are_the_openings_that_this_hub_has_made_and_nobody_elses() {
    IpPermission byHand =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(22)
            .toPort(22)
            .ipRanges(
                IpRange.builder().cidrIp("10.100.0.12/32").build(),
                IpRange.builder().cidrIp("10.100.0.13/32").description("").build())
            .build();
    var seen =
        records.group(
            SecurityGroup.builder()
                .groupId("sg-00000001")
                .groupName("web")
                .ipPermissions(
                    records.permission(ssh("10.100.0.10/32")),
                    ofAnotherHub.permission(ssh("10.100.0.11/32")),
                    byHand)
                .build());
    assertThat(seen.ours()).containsExactly(ssh("10.100.0.10/32"));
    assertThat(seen.ingress())
        .containsExactlyElementsOf(
            Stream.of("10.100.0.10/32", "10.100.0.11/32", "10.100.0.12/32", "10.100.0.13/32")
                .map(SecurityGroupRecordsTest::ssh)
                .toList());
  }

  // EC2 takes a description of up to 255 of these characters (EC2 API reference, "IpRange").
  @Test
  void the_description_is_one_that_ec2_takes() {
    assertThat(records.permission(ssh("10.100.0.10/32")).ipRanges().getFirst().description())
        .matches("[a-zA-Z0-9. _:/()#,@\\[\\]+=;{}!$*-]{1,255}");
  }

  private static Ingress ssh(String source) {
    return new Ingress(Port.parse("tcp/22"), new Cidr(source));
  }
}
