package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Change;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Port;
import io.peerway.model.SecurityGroup;
import io.peerway.model.SecurityGroupId;
import io.peerway.model.Tags;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityGroupPlanTest {

  @Test
  void a_vpc_without_our_group_gets_one() {
    assertThat(plan())
        .singleElement()
        .hasToString(
            "create security group in vpc-0bbbbbbbbbbbbbbbb that allows tcp/22 from 10.100.0.10/32");
  }

  @Test
  void a_group_with_our_name_but_without_our_tag_is_not_ours() {
    assertThat(plan(group(1, "peerway-vpc-0aaaaaaaaaaaaaaaa", Map.of())))
        .singleElement()
        .isInstanceOf(Change.CreateVpnGroup.class);
  }

  @Test
  void our_own_group_gets_what_it_lacks() {
    assertThat(plan(ours(1, Map.of())))
        .singleElement()
        .hasToString("allow tcp/22 from 10.100.0.10/32 in sg-00000001");
  }

  @Test
  void a_tagged_group_gets_the_ports_of_its_tag() {
    assertThat(plan(ours(1, Map.of()), group(2, "web", Map.of(Tags.ALLOW, "tcp/443, udp/53"))))
        .last()
        .hasToString(
            "allow tcp/443 from 10.100.0.10/32, udp/53 from 10.100.0.10/32 in sg-00000002");
  }

  @Test
  void our_own_group_with_a_tag_is_opened_in_one_change() {
    assertThat(plan(ours(1, Map.of(Tags.ALLOW, "tcp/22,tcp/443")))).hasSize(1);
  }

  @Test
  void a_tag_that_cannot_be_read_opens_nothing_and_stops_nothing() {
    assertThat(plan(ours(1, Map.of()), group(2, "web", Map.of(Tags.ALLOW, "ssh\nplease"))))
        .hasSize(1);
  }

  private static List<Change> plan(SecurityGroup... groups) {
    return SecurityGroupPlan.plan(
        new Complete<>(List.of(groups)),
        Samples.SERVICE_VPC,
        Samples.HUB_VPC,
        Port.list("tcp/22"),
        Cidr.list("10.100.0.10/32"));
  }

  private static SecurityGroup ours(int n, Map<String, String> more) {
    Map<String, String> tags = new java.util.HashMap<>(more);
    tags.put(Tags.HUB, Samples.HUB_VPC.value());
    return group(n, "peerway", tags);
  }

  private static SecurityGroup group(int n, String name, Map<String, String> tags) {
    return new SecurityGroup(new SecurityGroupId("sg-0000000" + n), name, List.of(), tags);
  }
}
