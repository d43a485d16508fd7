package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Ec2InterfacesTest extends AwsTest {
  private static final String FACE =
      """
      <networkInterfaceId>eni-1</networkInterfaceId><vpcId>vpc-0bbbbbbbbbbbbbbbb</vpcId>
      <subnetId>subnet-1</subnetId><privateIpAddress>10.110.0.10</privateIpAddress>
      <groupSet><item><groupId>sg-00000001</groupId></item></groupSet>%s""";
  private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000001");

  @Test
  void an_interface_is_found_by_any_of_its_addresses_or_its_instance() {
    String attached = "<attachment><instanceId>i-00000001</instanceId></attachment>";
    NetworkInterface expected =
        new NetworkInterface(
            "eni-1",
            Samples.SERVICE_VPC,
            "subnet-1",
            List.of(GROUP),
            Cidr.ofAddress("10.110.0.10"),
            new InstanceId("i-00000001"));
    answersWith(FACE.formatted(attached));
    assertThat(hub().interfaceWith(Samples.SERVICE_VPC, Cidr.ofAddress("10.110.0.11")))
        .contains(expected);
    assertThat(last().form())
        .containsEntry("Filter.2.Name", "addresses.private-ip-address")
        .containsEntry("Filter.2.Value.1", "10.110.0.11");
    answersWith(FACE.formatted(attached));
    assertThat(hub().interfaceOf(new InstanceId("i-00000001"))).contains(expected);
    assertThat(last().form()).containsEntry("Filter.1.Value.1", "i-00000001");
    answersWith(FACE.formatted(""));
    assertThat(hub().interfaceOfAnInstance(Samples.SERVICE_VPC).orElseThrow().instance()).isNull();
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", "", ""));
    assertThat(hub().interfaceOf(new InstanceId("i-00000001"))).isEmpty();
  }

  private void answersWith(String face) {
    aws.answers("DescribeNetworkInterfaces", listing("networkInterfaceSet", item(face), ""));
  }

  @Test
  void a_rule_is_read_in_whatever_form_somebody_wrote_it() {
    String rules =
        """
        <groupId>sg-00000001</groupId><groupName>g</groupName><vpcId>vpc-0bbbbbbbbbbbbbbbb</vpcId>
        <ipPermissions>
        <item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item>
        <item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>23</toPort>
          <prefixListIds><item><prefixListId>pl-00000001</prefixListId></item></prefixListIds></item>
        <item><ipProtocol>icmp</ipProtocol><fromPort>8</fromPort><toPort>-1</toPort></item>
        <item><ipProtocol>icmpv6</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort></item>
        <item><ipProtocol>50</ipProtocol></item>
        </ipPermissions>""";
    aws.answers("DescribeSecurityGroups", listing("securityGroupInfo", item(rules), ""));
    assertThat(hub().inboundRules(Set.of(GROUP)))
        .containsExactly(
            new GroupRule(GROUP, -1, -1, -1, Cidr.list("10.0.0.0/8"), List.of(), false),
            new GroupRule(
                GROUP, 6, 22, 23, List.of(), List.of(new PrefixListId("pl-00000001")), false),
            new GroupRule(GROUP, 1, 8, -1, List.of(), List.of(), false),
            new GroupRule(GROUP, 58, -1, -1, List.of(), List.of(), false),
            new GroupRule(GROUP, 50, -1, -1, List.of(), List.of(), false));
    assertThat(hub().inboundRules(Set.of())).isEmpty();
  }

  @Test
  void what_goes_out_is_read_apart_from_what_comes_in() {
    String rules =
        """
        <groupId>sg-00000001</groupId><groupName>g</groupName><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId>
        <ipPermissions><item><ipProtocol>-1</ipProtocol></item></ipPermissions>
        <ipPermissionsEgress>
        <item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort>
          <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>
          <groups><item><groupId>sg-00000002</groupId></item></groups></item>
        <item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>
          <groups><item><groupId>sg-00000003</groupId>
            <vpcPeeringConnectionId>pcx-0a1b2c3d4e5f60718</vpcPeeringConnectionId></item></groups></item>
        </ipPermissionsEgress>""";
    aws.answers("DescribeSecurityGroups", listing("securityGroupInfo", item(rules), ""));
    assertThat(hub().outboundRules(Set.of(GROUP)))
        .containsExactly(
            new GroupRule(GROUP, 6, 443, 443, Cidr.list("0.0.0.0/0"), List.of(), false),
            new GroupRule(GROUP, 6, 22, 22, List.of(), List.of(), true));
  }

  @Test
  void a_subnet_that_no_table_names_has_the_main_one() {
    String table =
        """
        <routeTableId>rtb-0000000%d</routeTableId><vpcId>vpc-0bbbbbbbbbbbbbbbb</vpcId>
        <associationSet><item>%s</item></associationSet>""";
    String tables =
        item(table.formatted(1, "<main>true</main>"))
            + item(table.formatted(2, "<subnetId>subnet-2</subnetId>"));
    for (int n = 0; n < 2; n++) {
      aws.answers("DescribeRouteTables", listing("routeTableSet", tables, ""));
    }
    assertThat(hub().routeTableOf(Samples.SERVICE_VPC, "subnet-1"))
        .map(RouteTable::id)
        .contains(new RouteTableId("rtb-00000001"));
    assertThat(hub().routeTableOf(Samples.SERVICE_VPC, "subnet-2"))
        .map(RouteTable::id)
        .contains(new RouteTableId("rtb-00000002"));
    aws.answers("DescribeRouteTables", listing("routeTableSet", "", ""));
    assertThat(hub().routeTableOf(Samples.SERVICE_VPC, "subnet-1")).isEmpty();
  }
}
