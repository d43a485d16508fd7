package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Change;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Ingress;
import io.peerway.model.Port;
import io.peerway.model.SecurityGroup;
import io.peerway.model.SecurityGroupId;
import io.peerway.model.Tags;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Security groups in any state: ours or not, tagged or not, half opened already. */
@Label("A security group plan")
class SecurityGroupPlanProperties {

  private static final List<Cidr> VPN = Cidr.list("10.100.0.10/32 10.100.0.11/32");

  @Property
  @Label("that was applied leaves nothing to plan")
  void a_second_plan_is_empty(
      @ForAll("groups") List<SecurityGroup> groups, @ForAll("ports") List<Port> ports) {
    assertThat(plan(applied(plan(groups, ports), groups), ports)).isEmpty();
  }

  @Property
  @Label("never plans an opening twice, nor one that is there")
  void no_opening_is_planned_twice(
      @ForAll("groups") List<SecurityGroup> groups, @ForAll("ports") List<Port> ports) {
    List<String> planned = new ArrayList<>();
    for (Change change : plan(groups, ports)) {
      if (change instanceof Change.AllowIngress(SecurityGroupId id, List<Ingress> ingress)) {
        SecurityGroup group = groups.stream().filter(g -> g.id().equals(id)).findFirst().get();
        assertThat(group.ingress()).doesNotContainAnyElementsOf(ingress);
        ingress.forEach(opening -> planned.add(id + " " + opening));
      }
    }
    assertThat(planned).doesNotHaveDuplicates();
  }

  @Property
  @Label("opens groups for the VPN instances only, and only groups that ask for it or are ours")
  void opens_only_what_is_asked_for(
      @ForAll("groups") List<SecurityGroup> groups, @ForAll("ports") List<Port> ports) {
    for (Change change : plan(groups, ports)) {
      switch (change) {
        case Change.CreateVpnGroup create ->
            assertThat(create.ingress()).allMatch(opening -> ports.contains(opening.port()));
        case Change.AllowIngress allow -> {
          SecurityGroup group =
              groups.stream().filter(g -> g.id().equals(allow.group())).findFirst().get();
          assertThat(group.tags())
              .containsAnyOf(
                  Map.entry(Tags.HUB, Samples.HUB_VPC.value()),
                  Map.entry(Tags.ALLOW, "tcp/443"),
                  Map.entry(Tags.ALLOW, "tcp/22,udp/53"));
          assertThat(allow.ingress()).allMatch(opening -> VPN.contains(opening.source()));
        }
        case Change.AddRoute route -> throw new AssertionError(route);
      }
    }
  }

  private static List<Change> plan(List<SecurityGroup> groups, List<Port> ports) {
    return SecurityGroupPlan.plan(
        new Complete<>(groups), Samples.SERVICE_VPC, Samples.HUB_VPC, ports, VPN);
  }

  private static List<SecurityGroup> applied(List<Change> changes, List<SecurityGroup> groups) {
    Map<SecurityGroupId, SecurityGroup> after = new HashMap<>();
    groups.forEach(group -> after.put(group.id(), group));
    for (Change change : changes) {
      if (change instanceof Change.CreateVpnGroup create) {
        SecurityGroupId id = new SecurityGroupId("sg-99999999");
        Map<String, String> tags = Map.of(Tags.HUB, create.hub().value());
        after.put(id, new SecurityGroup(id, "peerway", create.ingress(), tags));
      } else if (change instanceof Change.AllowIngress allow) {
        SecurityGroup group = after.get(allow.group());
        List<Ingress> all = new ArrayList<>(group.ingress());
        all.addAll(allow.ingress());
        after.put(group.id(), new SecurityGroup(group.id(), group.name(), all, group.tags()));
      }
    }
    return List.copyOf(after.values());
  }

  private static Arbitrary<Port> port() {
    return Arbitraries.of("tcp/22", "tcp/443", "udp/53").map(Port::parse);
  }

  @Provide
  Arbitrary<List<Port>> ports() {
    return port().list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<SecurityGroup>> groups() {
    Arbitrary<List<Ingress>> ingress =
        Combinators.combine(port(), Arbitraries.of(Cidr.list("10.100.0.10/32 0.0.0.0/0")))
            .as(Ingress::new)
            .list()
            .uniqueElements()
            .ofMaxSize(3);
    Arbitrary<Map<String, String>> allow =
        Arbitraries.of("", "tcp/443", "tcp/22,udp/53", "ssh please", "tcp/70000")
            .map(value -> value.isEmpty() ? Map.of() : Map.of(Tags.ALLOW, value));
    Arbitrary<Map<String, String>> hub =
        Arbitraries.of("", "vpc-0eeeeeeeeeeeeeeee", Samples.HUB_VPC.value())
            .map(value -> value.isEmpty() ? Map.of() : Map.of(Tags.HUB, value));
    return Combinators.combine(ingress, allow, hub)
        .as(
            (openings, first, second) -> {
              Map<String, String> tags = new HashMap<>(first);
              tags.putAll(second);
              return new SecurityGroup(new SecurityGroupId("sg-00000000"), "", openings, tags);
            })
        .list()
        .ofMaxSize(4)
        .map(SecurityGroupPlanProperties::numbered);
  }

  private static List<SecurityGroup> numbered(List<SecurityGroup> groups) {
    return IntStream.range(0, groups.size())
        .mapToObj(
            n ->
                new SecurityGroup(
                    new SecurityGroupId("sg-0000000" + n),
                    "group " + n,
                    groups.get(n).ingress(),
                    groups.get(n).tags()))
        .toList();
  }
}
