package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.ForeignGroup;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                  Map.entry(Tags.ALLOW, "tcp/22,udp/53"),
                  Map.entry(Tags.ALLOW, "tcp/1-443 icmp"));
          assertThat(allow.ingress()).allMatch(opening -> VPN.contains(opening.source()));
        }
        case Change.RevokeIngress revoke -> {}
        case Change.DeleteVpnGroup group -> throw new AssertionError(group);
        case Change.AddRoute route -> throw new AssertionError(route);
        case Change.RemoveRoute route -> throw new AssertionError(route);
      }
    }
  }

  @Property
  @Label("adds before it revokes, so that what works goes on working")
  void adds_before_it_revokes(
      @ForAll("groups") List<SecurityGroup> groups, @ForAll("ports") List<Port> ports) {
    assertThat(plan(groups, ports).stream().map(Change.RevokeIngress.class::isInstance))
        .isSortedAccordingTo(Comparator.naturalOrder());
  }

  @Property
  @Label("leaves every opening of others as it is, and so does a removal")
  void foreign_openings_stay(
      @ForAll("groups") List<SecurityGroup> groups, @ForAll("ports") List<Port> ports) {
    Map<SecurityGroupId, Set<Ingress>> foreign = foreignOpenings(groups);
    assertThat(foreignOpenings(applied(plan(groups, ports), groups))).containsAllEntriesOf(foreign);
    for (SecurityGroup left : applied(removal(groups), groups)) {
      assertThat(Set.copyOf(left.ingress())).isEqualTo(foreign.get(left.id()));
    }
  }

  @Property
  @Label("of a removal closes everything of ours, deletes only our own group, and is empty again")
  void a_removal_leaves_nothing_of_ours(@ForAll("groups") List<SecurityGroup> groups) {
    List<SecurityGroup> after = applied(removal(groups), groups);
    assertThat(after).allMatch(group -> group.ours().isEmpty() || isOfAnotherHub(group));
    assertThat(after).noneMatch(group -> SecurityGroupPlan.isOurs(group, Samples.HUB_VPC));
    assertThat(groups)
        .filteredOn(group -> after.stream().noneMatch(left -> left.id().equals(group.id())))
        .allMatch(group -> SecurityGroupPlan.isOurs(group, Samples.HUB_VPC));
    assertThat(removal(after)).isEmpty();
  }

  private static boolean isOfAnotherHub(SecurityGroup group) {
    return "vpc-0eeeeeeeeeeeeeeee".equals(group.tags().get(Tags.HUB));
  }

  private static Map<SecurityGroupId, Set<Ingress>> foreignOpenings(List<SecurityGroup> groups) {
    Map<SecurityGroupId, Set<Ingress>> foreign = new HashMap<>();
    for (SecurityGroup group : groups) {
      List<Ingress> ours = isOfAnotherHub(group) ? List.of() : group.ours();
      foreign.put(group.id(), Set.copyOf(without(group.ingress(), ours)));
    }
    return foreign;
  }

  // Where the name of our group is taken, all that is planned is to say so.
  private static List<Change> plan(List<SecurityGroup> groups, List<Port> ports) {
    try {
      return SecurityGroupPlan.plan(
          new Complete<>(groups),
          Samples.SERVICE_VPC,
          Samples.HUB_VPC,
          ports,
          VPN,
          Samples.PEERING);
    } catch (ForeignGroup taken) {
      assertThat(groups)
          .noneMatch(group -> SecurityGroupPlan.isOurs(group, Samples.HUB_VPC))
          .anyMatch(group -> group.name().equals("peerway-" + Samples.HUB_VPC));
      return List.of();
    }
  }

  private static List<Change> removal(List<SecurityGroup> groups) {
    return SecurityGroupPlan.removal(new Complete<>(groups), Samples.HUB_VPC);
  }

  private static List<SecurityGroup> applied(List<Change> changes, List<SecurityGroup> groups) {
    Map<SecurityGroupId, SecurityGroup> after = new LinkedHashMap<>();
    groups.forEach(group -> after.put(group.id(), group));
    for (Change change : changes) {
      switch (change) {
        case Change.CreateVpnGroup(VpcId vpc, VpcId hub, List<Ingress> openings) -> {
          SecurityGroupId id = new SecurityGroupId("sg-99999999");
          Map<String, String> tags = Map.of(Tags.HUB, hub.value());
          after.put(id, new SecurityGroup(id, "peerway-" + hub, openings, openings, tags));
        }
        case Change.AllowIngress(SecurityGroupId id, List<Ingress> openings) ->
            after.computeIfPresent(
                id,
                (same, group) ->
                    with(group, union(group.ingress(), openings), union(group.ours(), openings)));
        case Change.RevokeIngress(SecurityGroupId id, List<Ingress> openings) ->
            after.computeIfPresent(
                id,
                (same, group) ->
                    with(
                        group,
                        without(group.ingress(), openings),
                        without(group.ours(), openings)));
        case Change.DeleteVpnGroup(SecurityGroupId id) -> after.remove(id);
        case Change.AddRoute route -> throw new AssertionError(route);
        case Change.RemoveRoute route -> throw new AssertionError(route);
      }
    }
    return List.copyOf(after.values());
  }

  private static SecurityGroup with(SecurityGroup group, List<Ingress> all, List<Ingress> ours) {
    return new SecurityGroup(group.id(), group.name(), all, ours, group.tags());
  }

  private static List<Ingress> union(List<Ingress> some, List<Ingress> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  private static List<Ingress> without(List<Ingress> all, List<Ingress> some) {
    return all.stream().filter(opening -> !some.contains(opening)).toList();
  }

  private static Arbitrary<Port> port() {
    return Arbitraries.of("tcp/22", "tcp/443", "udp/53", "tcp/1-443", "icmp").map(Port::parse);
  }

  @Provide
  Arbitrary<List<Port>> ports() {
    return port().list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<SecurityGroup>> groups() {
    Arbitrary<List<Ingress>> ingress =
        Combinators.combine(
                port(), Arbitraries.of(Cidr.list("10.100.0.10/32 10.100.0.9/32 0.0.0.0/0")))
            .as(Ingress::new)
            .list()
            .uniqueElements()
            .ofMaxSize(4);
    // How many of them carry our description.
    Arbitrary<Integer> own = Arbitraries.integers().between(0, 4);
    Arbitrary<Map<String, String>> allow =
        Arbitraries.of("", "tcp/443", "tcp/22,udp/53", "tcp/1-443 icmp", "ssh please", "tcp/70000")
            .map(value -> value.isEmpty() ? Map.of() : Map.of(Tags.ALLOW, value));
    Arbitrary<Map<String, String>> hub =
        Arbitraries.of("", "vpc-0eeeeeeeeeeeeeeee", Samples.HUB_VPC.value())
            .map(value -> value.isEmpty() ? Map.of() : Map.of(Tags.HUB, value));
    return Combinators.combine(ingress, own, allow, hub)
        .as(
            (openings, count, first, second) -> {
              Map<String, String> tags = new HashMap<>(first);
              tags.putAll(second);
              List<Ingress> ours = openings.subList(0, Math.min(count, openings.size()));
              return new SecurityGroup(
                  new SecurityGroupId("sg-00000000"), "", openings, ours, tags);
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
                    // A name is unique in its VPC.
                    n == 0 ? "peerway-" + Samples.HUB_VPC : "group " + n,
                    groups.get(n).ingress(),
                    groups.get(n).ours(),
                    groups.get(n).tags()))
        .toList();
  }
}
