package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.NetworkAcl.Rule;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AclObstaclesTest {
  private static final List<Cidr> VPN = Cidr.list("10.100.0.10/32");
  private static final Cidr ALL = new Cidr("0.0.0.0/0");
  private static final Rule LAST_IN = rule(NetworkAcl.LAST, Direction.INBOUND, false, ALL, -1, -1);
  private static final Rule LAST_OUT =
      rule(NetworkAcl.LAST, Direction.OUTBOUND, false, ALL, -1, -1);

  @Test
  void an_acl_that_allows_the_port_and_the_answers_is_none() {
    assertThat(
            service(
                "tcp/22",
                rule(100, Direction.INBOUND, true, new Cidr("10.100.0.0/16"), 22, 22),
                rule(100, Direction.OUTBOUND, true, ALL, 1024, 65_535)))
        .isEmpty();
  }

  @Test
  void a_denial_before_the_rule_that_allows_is_named_and_one_behind_it_is_none() {
    Rule allow = rule(200, Direction.INBOUND, true, ALL, 22, 22);
    Rule answers = rule(100, Direction.OUTBOUND, true, ALL, -1, -1);
    assertThat(service("tcp/22", allow, answers, rule(100, Direction.INBOUND, false, ALL, 0, 1023)))
        .containsExactly("acl-1 of subnet-1: rule 100 denies tcp/22 inbound from 10.100.0.10/32");
    assertThat(service("tcp/22", allow, answers, rule(300, Direction.INBOUND, false, ALL, 0, 1023)))
        .isEmpty();
  }

  @Test
  void answers_need_a_rule_of_their_own_and_what_lacks_of_their_ports_is_said() {
    Rule in = rule(100, Direction.INBOUND, true, ALL, -1, -1);
    assertThat(service("tcp/22,tcp/443", in))
        .containsExactly(
            "acl-1 of subnet-1: rule * denies tcp/1024-65535 (answers) outbound to"
                + " 10.100.0.10/32");
    assertThat(service("udp/53", in, rule(90, Direction.OUTBOUND, true, ALL, 1024, 65_535)))
        .as("TCP only")
        .containsExactly(
            "acl-1 of subnet-1: rule * denies udp/1024-65535 (answers) outbound to"
                + " 10.100.0.10/32");
    assertThat(service("tcp/22", in, rule(90, Direction.OUTBOUND, true, ALL, 32_768, 60_999)))
        .containsExactly(
            "acl-1 of subnet-1: rule * denies tcp/1024-32767 (answers) outbound to 10.100.0.10/32",
            "acl-1 of subnet-1: rule * denies tcp/61000-65535 (answers) outbound to"
                + " 10.100.0.10/32");
  }

  @Test
  void of_a_range_the_ports_are_named_that_are_denied_and_a_ping_stands_for_icmp() {
    Rule in = rule(100, Direction.INBOUND, true, ALL, 8000, 8050);
    Rule out = rule(100, Direction.OUTBOUND, true, ALL, 1024, 65_535);
    assertThat(service("tcp/8000-8100,icmp", in, out))
        .containsExactly(
            "acl-1 of subnet-1: rule * denies tcp/8051-8100 inbound from 10.100.0.10/32",
            "acl-1 of subnet-1: rule * denies icmp echo requests inbound from 10.100.0.10/32",
            "acl-1 of subnet-1: rule * denies icmp echo replies (answers) outbound to"
                + " 10.100.0.10/32");
    Rule echo = new Rule(110, Direction.INBOUND, true, 1, ALL, 8, 8);
    Rule every = new Rule(110, Direction.OUTBOUND, true, 1, ALL, -1, -1);
    assertThat(service("icmp", echo, every)).isEmpty();
  }

  @Test
  void at_the_hub_only_that_part_of_the_services_is_named_that_is_denied() {
    NetworkAcl acl =
        acl(
            List.of("subnet-1", "subnet-2"),
            rule(50, Direction.OUTBOUND, false, new Cidr("10.110.128.0/17"), -1, -1),
            rule(100, Direction.OUTBOUND, true, ALL, -1, -1),
            rule(100, Direction.INBOUND, true, ALL, -1, -1));
    assertThat(
            AclObstacles.ofHub(
                new Complete<>(List.of(acl)),
                List.of("subnet-2"),
                Samples.SERVICE_CIDRS,
                Port.list("tcp/22")))
        .extracting(Obstacle::what)
        .containsExactly("acl-1 of subnet-2: rule 50 denies tcp/22 outbound to 10.110.128.0/17");
  }

  @Test
  void an_acl_without_a_subnet_filters_nothing() {
    assertThat(
            AclObstacles.ofService(
                new Complete<>(List.of(acl(List.of()))), VPN, Port.list("tcp/22")))
        .isEmpty();
  }

  @Test
  void of_many_subnets_some_are_named_and_the_others_counted() {
    NetworkAcl acl = acl(List.of("subnet-1", "subnet-2", "subnet-3", "subnet-4", "subnet-5"));
    assertThat(AclObstacles.ofService(new Complete<>(List.of(acl)), VPN, Port.list("tcp/22")))
        .extracting(Obstacle::what)
        .allMatch(line -> line.startsWith("acl-1 of subnet-1, subnet-2, subnet-3 and 2 more: "))
        .hasSize(2);
    NetworkAcl three = acl(List.of("subnet-1", "subnet-2", "subnet-3"));
    assertThat(AclObstacles.ofService(new Complete<>(List.of(three)), VPN, Port.list("tcp/22")))
        .extracting(Obstacle::what)
        .allMatch(line -> line.startsWith("acl-1 of subnet-1, subnet-2, subnet-3: "))
        .hasSize(2);
  }

  private static List<String> service(String ports, Rule... rules) {
    return AclObstacles.ofService(
            new Complete<>(List.of(acl(List.of("subnet-1"), rules))), VPN, Port.list(ports))
        .stream()
        .map(Obstacle::what)
        .toList();
  }

  private static NetworkAcl acl(List<String> subnets, Rule... rules) {
    List<Rule> all = new ArrayList<>(List.of(LAST_IN, LAST_OUT));
    all.addAll(List.of(rules));
    return new NetworkAcl("acl-1", Samples.SERVICE_VPC, subnets, all);
  }

  private static Rule rule(
      int number, Direction direction, boolean allows, Cidr cidr, int from, int to) {
    int protocol = from == -1 ? -1 : 6;
    return new Rule(number, direction, allows, protocol, cidr, from, to);
  }
}
