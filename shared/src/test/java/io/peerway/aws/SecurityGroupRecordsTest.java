package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Ingress;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"tcp/22", "udp/53", "tcp/8000-8100", "udp/1-65535", "icmp"})
  void what_is_written_is_read_again(String port) {
    Ingress opening = new Ingress(Port.parse(port), new Cidr("10.100.0.10/32"));
    assertThat(seen(records.permission(opening))).containsExactly(opening);
  }

  @ParameterizedTest
  @CsvSource({
    "tcp/22, tcp, 22, 22",
    "udp/8000-8100, udp, 8000, 8100",
    // All types and codes of ICMP.
    "icmp, icmp, -1, -1"
  })
  void an_opening_is_written_as_ec2_has_it(String port, String protocol, int from, int to) {
    IpPermission written =
        records.permission(new Ingress(Port.parse(port), new Cidr("10.100.0.10/32")));
    assertThat(written.ipProtocol()).isEqualTo(protocol);
    assertThat(written.fromPort()).isEqualTo(from);
    assertThat(written.toPort()).isEqualTo(to);
  }

  // All traffic, all ports, one type of ICMP, ICMPv6, another protocol: none is as we write it.
  @ParameterizedTest
  @CsvSource({
    "-1,,",
    "-1, -1, -1",
    "tcp,,",
    "tcp, 0, 65535",
    "tcp, -1, -1",
    "tcp, 443, 22",
    "udp, 0, 0",
    "icmp,,",
    "icmp, 8, -1",
    "icmp, 8, 0",
    "icmp, -1, 0",
    "icmpv6, -1, -1",
    "58, -1, -1",
    "50,,",
    "6, 22, 22",
    "tcp, 1, 65536"
  })
  void an_opening_of_another_shape_stays_unread(String protocol, Integer from, Integer to) {
    assertThat(
            seen(
                records.permission(ssh("10.100.0.10/32")).toBuilder()
                    .ipProtocol(protocol)
                    .fromPort(from)
                    .toPort(to)
                    .build()))
        .isEmpty();
  }

  private List<Ingress> seen(IpPermission permission) {
    var seen =
        records.group(
            SecurityGroup.builder()
                .groupId("sg-00000001")
                .groupName("web")
                .ipPermissions(permission)
                .build());
    assertThat(seen.ours()).isEqualTo(seen.ingress());
    return seen.ours();
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
