package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.ForeignGroup;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecurityGroupPlanTest {

  private static final String NAME = "peerway-vpc-0aaaaaaaaaaaaaaaa";
  private static final Map<String, String> OURS = Map.of(Tags.HUB, "vpc-0aaaaaaaaaaaaaaaa");

  @Test
  void a_vpc_without_our_group_gets_one() {
    assertThat(plan())
        .singleElement()
        .hasToString(
            "create security group in vpc-0bbbbbbbbbbbbbbbb that allows tcp/22 from"
                + " 10.100.0.10/32");
  }

  @Test
  void a_group_with_our_name_but_without_our_tag_is_not_ours_and_in_the_way() {
    assertThatExceptionOfType(ForeignGroup.class)
        .isThrownBy(() -> plan(group(1, NAME, Map.of())))
        .withMessageStartingWith("pcx-0a1b2c3d4e5f60718: sg-00000001 of vpc-0bbbbbbbbbbbbbbbb ")
        .withMessageContainingAll("sg-00000001", NAME, "vpc-0bbbbbbbbbbbbbbbb");
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
  void a_range_is_opened_beside_a_port_that_lies_in_it() {
    SecurityGroup web =
        group(
            2,
            "web",
            Map.of(Tags.ALLOW, "tcp/1-443,icmp"),
            List.of(ssh("10.100.0.10/32")),
            List.of());
    assertThat(plan(ours(1, Map.of()), web))
        .extracting(Change::toString)
        .endsWith(
            "allow tcp/1-443 from 10.100.0.10/32, icmp from 10.100.0.10/32 in sg-00000002",
            "revoke tcp/22 from 10.100.0.10/32 in sg-00000002");
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

  @Test
  void a_slip_in_a_tag_closes_nothing_that_its_other_items_open() {
    SecurityGroup web =
        group(
            2, "web", Map.of(Tags.ALLOW, "tcp/22,icmq"), List.of(ssh("10.100.0.10/32")), List.of());
    assertThat(plan(ours(1, Map.of()), web)).hasSize(1);
  }

  @Test
  void what_the_group_has_room_for_is_opened_and_the_rest_is_not() {
    SecurityGroup full = tagged("tcp/1,tcp/2,tcp/3", List.of(), 58);
    assertThat(plan(ours(1, Map.of()), full))
        .last()
        .hasToString("allow tcp/1 from 10.100.0.10/32, tcp/2 from 10.100.0.10/32 in sg-00000002");
    assertThat(slips(full)).contains("no room for \"tcp/3\"");
  }

  @Test
  void what_is_open_stays_open_in_a_group_that_has_more_rules_than_we_count_on() {
    SecurityGroup full = tagged("tcp/443,tcp/22", List.of(ssh("10.100.0.10/32")), 200);
    assertThat(plan(ours(1, Map.of()), full)).hasSize(1);
    assertThat(slips(full)).contains("no room for \"tcp/443\": a group holds 60 rules");
  }

  @Test
  void what_its_owner_has_opened_himself_takes_no_more_room_when_his_tag_names_it_too() {
    SecurityGroup web =
        new SecurityGroup(
            new SecurityGroupId("sg-00000002"),
            "web",
            List.of(ssh("10.100.0.10/32")),
            List.of(),
            Map.of(Tags.ALLOW, "tcp/22,tcp/443,tcp/444"),
            59);
    assertThat(plan(ours(1, Map.of()), web))
        .last()
        .hasToString("allow tcp/443 from 10.100.0.10/32 in sg-00000002");
    assertThat(slips(web)).contains("no room for \"tcp/444\": a group holds 60 rules");
  }

  @Test
  void where_there_is_no_room_for_both_what_nobody_wants_any_more_goes_first() {
    assertThat(moved(40, 45)).containsExactly("revoke", "allow", "allow");
    assertThat(moved(20, 40)).as("60 fit").containsExactly("allow", "allow", "revoke");
    assertThat(moved(20, 41)).as("61 do not").containsExactly("revoke", "allow", "allow");
  }

  /** What is done where so many ports are opened to an address that another has taken over. */
  private static List<String> moved(int ports, int rules) {
    List<String> all = IntStream.rangeClosed(1, ports).mapToObj(n -> "tcp/" + n).toList();
    List<Ingress> old =
        all.stream().map(port -> new Ingress(Port.parse(port), new Cidr("10.100.0.9/32"))).toList();
    return plan(ours(1, Map.of()), tagged(String.join(",", all), old, rules)).stream()
        .map(change -> change.toString().split(" ")[0])
        .toList();
  }

  @Test
  void only_a_group_with_the_tag_asks_for_anything_be_its_value_empty() {
    assertThat(
            SecurityGroupPlan.asked(
                new Complete<>(
                    List.of(
                        group(1, "web", Map.of(Tags.ALLOW, "tcp/443")),
                        group(2, "idle", Map.of(Tags.ALLOW, "")),
                        group(3, "default", Map.of())))))
        .isEqualTo(
            Map.of(
                new SecurityGroupId("sg-00000001"),
                "tcp/443",
                new SecurityGroupId("sg-00000002"),
                ""));
  }

  @Test
  void people_are_told_of_a_slip_by_group_value_and_item() {
    assertThat(slips(tagged("tcp/22,icmq", List.of(), 0)))
        .isEqualTo(
            "sg-00000002: peerway:allow=tcp/22,icmq: \"icmq\" cannot be read: tcp/22, tcp/8000-8100"
                + " or icmp expected, with commas between. What else it names is opened");
  }

  private static String slips(SecurityGroup... groups) {
    return SecurityGroupPlan.slips(
            new Complete<>(List.of(groups)),
            Samples.HUB_VPC,
            Port.list("tcp/22"),
            Cidr.list("10.100.0.10/32"))
        .news("", "e");
  }

  private static SecurityGroup tagged(String allow, List<Ingress> ours, int rules) {
    return new SecurityGroup(
        new SecurityGroupId("sg-00000002"), "web", ours, ours, Map.of(Tags.ALLOW, allow), rules);
  }

  @Test
  void the_address_of_a_new_vpn_instance_comes_before_that_of_the_old_one_goes() {
    SecurityGroup own =
        group(1, NAME, OURS, List.of(ssh("10.100.0.9/32")), List.of(ssh("10.100.0.8/32")));
    assertThat(plan(own))
        .extracting(Change::toString)
        .containsExactly(
            "allow tcp/22 from 10.100.0.10/32 in sg-00000001",
            "revoke tcp/22 from 10.100.0.9/32 in sg-00000001");
  }

  @Test
  void an_opening_of_its_owner_stays_in_a_group_that_is_not_tagged_any_more() {
    SecurityGroup web =
        group(2, "web", Map.of(), List.of(ssh("10.100.0.10/32")), List.of(ssh("0.0.0.0/0")));
    assertThat(plan(ours(1, Map.of()), web))
        .last()
        .hasToString("revoke tcp/22 from 10.100.0.10/32 in sg-00000002");
  }

  @Test
  void a_removal_closes_what_we_opened_and_deletes_only_our_own_group() {
    List<Ingress> opened = List.of(ssh("10.100.0.10/32"));
    List<Ingress> theirs = List.of(ssh("10.110.0.0/16"));
    assertThat(
            removal(
                group(1, "web", Map.of(Tags.ALLOW, "tcp/22"), opened, theirs),
                group(2, NAME, OURS, opened, List.of()),
                group(3, "default", Map.of(), List.of(), theirs)))
        .extracting(Change::toString)
        .containsExactly(
            "revoke tcp/22 from 10.100.0.10/32 in sg-00000001",
            "revoke tcp/22 from 10.100.0.10/32 in sg-00000002",
            "delete security group sg-00000002");
  }

  @Test
  void a_group_to_which_somebody_copied_our_tag_is_not_ours() {
    SecurityGroup copy = group(1, "web", OURS, List.of(), List.of(ssh("10.100.0.10/32")));
    assertThat(plan(copy, ours(2, Map.of())))
        .singleElement()
        .hasToString("allow tcp/22 from 10.100.0.10/32 in sg-00000002");
    assertThat(removal(copy)).isEmpty();
  }

  @Test
  void the_group_of_another_hub_is_left_to_that_hub() {
    SecurityGroup others =
        group(
            1,
            "peerway-vpc-0eeeeeeeeeeeeeeee",
            Map.of(Tags.HUB, "vpc-0eeeeeeeeeeeeeeee"),
            List.of(ssh("10.200.0.10/32")),
            List.of());
    assertThat(plan(others, ours(2, Map.of()))).hasSize(1);
    assertThat(removal(others)).isEmpty();
  }

  @Test
  void a_removal_where_nothing_is_ours_does_nothing() {
    assertThat(removal(group(1, "default", Map.of(), List.of(), List.of(ssh("10.100.0.10/32")))))
        .isEmpty();
  }

  private static List<Change> removal(SecurityGroup... groups) {
    return SecurityGroupPlan.removal(new Complete<>(List.of(groups)), Samples.HUB_VPC);
  }

  private static Ingress ssh(String source) {
    return new Ingress(Port.parse("tcp/22"), new Cidr(source));
  }

  private static List<Change> plan(SecurityGroup... groups) {
    return SecurityGroupPlan.plan(
        new Complete<>(List.of(groups)),
        Samples.SERVICE_VPC,
        Samples.HUB_VPC,
        Port.list("tcp/22"),
        Cidr.list("10.100.0.10/32"),
        Samples.PEERING);
  }

  private static SecurityGroup ours(int n, Map<String, String> more) {
    Map<String, String> tags = new java.util.HashMap<>(more);
    tags.put(Tags.HUB, Samples.HUB_VPC.value());
    return group(n, NAME, tags);
  }

  private static SecurityGroup group(int n, String name, Map<String, String> tags) {
    return group(n, name, tags, List.of(), List.of());
  }

  private static SecurityGroup group(
      int n, String name, Map<String, String> tags, List<Ingress> ours, List<Ingress> theirs) {
    List<Ingress> all = Stream.concat(ours.stream(), theirs.stream()).toList();
    return new SecurityGroup(new SecurityGroupId("sg-0000000" + n), name, all, ours, tags);
  }
}
