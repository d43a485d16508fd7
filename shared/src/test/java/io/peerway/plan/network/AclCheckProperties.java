package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.NetworkAcl.Rule;
import io.peerway.model.value.Cidr;
import io.peerway.plan.network.AclCheck.Denial;
import io.peerway.plan.network.AclCheck.Packets;
import io.peerway.testing.Cidrs;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a packet filter that takes one packet after the other. */
@Label("What a network ACL denies")
class AclCheckProperties {
  // Sixteen addresses and eight ports: few enough to try each packet.
  private static final String NETWORK = "10.0.0.0";
  private static final int PORTS = 8;

  private record Packet(Cidr address, int port) {}

  @Property(tries = 3000)
  @Label("is, packet for packet and rule for rule, what the first matching rule denies")
  void as_the_first_matching_rule_decides(
      @ForAll("rules") List<Rule> rules,
      @ForAll("peers") List<Cidr> peers,
      @ForAll Direction direction) {
    NetworkAcl acl = new NetworkAcl("acl-1", Samples.HUB_VPC, List.of(), rules);
    Map<Integer, Set<Packet>> expected = new HashMap<>();
    for (int n = 0; n < 16; n++) {
      Cidr address = new Cidr("10.0.0." + n + "/32");
      if (peers.stream().anyMatch(peer -> peer.contains(address))) {
        for (int port = 0; port < PORTS; port++) {
          int rule = denyingRule(rules, direction, address, port);
          if (rule != 0) {
            expected.computeIfAbsent(rule, r -> new HashSet<>()).add(new Packet(address, port));
          }
        }
      }
    }
    Map<Integer, Set<Packet>> found = new HashMap<>();
    for (Denial denial : AclCheck.denials(acl, direction, peers, new Packets(6, 0, PORTS - 1))) {
      found.computeIfAbsent(denial.rule(), r -> new HashSet<>()).addAll(packets(denial));
    }
    assertThat(found).isEqualTo(expected);
  }

  private static int denyingRule(List<Rule> rules, Direction direction, Cidr address, int port) {
    List<Rule> sorted = new ArrayList<>(rules);
    sorted.sort(Comparator.comparingInt(Rule::number));
    for (Rule rule : sorted) {
      boolean anyPort = rule.protocol() == -1 || rule.from() == -1;
      if (rule.direction() == direction
          && rule.cidr().contains(address)
          && (rule.protocol() == -1 || rule.protocol() == 6)
          && (anyPort || (rule.from() <= port && port <= rule.to()))) {
        return rule.allows() ? 0 : rule.number();
      }
    }
    return NetworkAcl.LAST;
  }

  private static List<Packet> packets(Denial denial) {
    List<Packet> packets = new ArrayList<>();
    for (int n = 0; n < 16; n++) {
      Cidr address = new Cidr("10.0.0." + n + "/32");
      if (denial.cidrs().stream().anyMatch(cidr -> cidr.contains(address))) {
        for (int port = denial.from(); port <= denial.to(); port++) {
          packets.add(new Packet(address, port));
        }
      }
    }
    return packets;
  }

  @Provide
  Arbitrary<List<Cidr>> peers() {
    return Cidrs.inside(NETWORK, 28, 32).list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    Arbitrary<int[]> ports =
        Combinators.combine(
                Arbitraries.integers().between(0, PORTS - 1),
                Arbitraries.integers().between(0, PORTS - 1))
            .as((a, b) -> new int[] {Math.min(a, b), Math.max(a, b)});
    return Combinators.combine(
            Arbitraries.integers().between(1, 200),
            Arbitraries.of(Direction.class),
            Arbitraries.of(true, false),
            Arbitraries.of(-1, 6, 6, 17),
            Cidrs.inside(NETWORK, 27, 32),
            ports.injectNull(0.2))
        .as(
            (number, direction, allows, protocol, cidr, range) ->
                new Rule(
                    number,
                    direction,
                    allows,
                    protocol,
                    cidr,
                    range == null ? -1 : range[0],
                    range == null ? -1 : range[1]))
        .list()
        .ofMaxSize(8)
        .uniqueElements(Rule::number);
  }
}
