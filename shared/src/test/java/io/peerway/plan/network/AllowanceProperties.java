package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Tags as people, and people who mean harm, may write them. */
@Label("What a group's tag opens")
class AllowanceProperties {
  private static final List<Cidr> VPN = Cidr.list("10.100.0.10/32 10.100.0.11/32");
  private static final List<String> READABLE =
      List.of("tcp/22", "udp/53", "tcp/8000-8100", "icmp", "tcp/443", "tcp/1-65535");

  @Property
  @Label("is what can be read of it, whatever stands beside that")
  void every_readable_item_counts(@ForAll("lists") List<String> items) {
    Set<Port> expected =
        items.stream()
            .filter(AllowanceProperties::isPort)
            .map(Port::parse)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    assertThat(ports(String.join(",", items))).isEqualTo(expected);
  }

  @Property
  @Label("is never more than its items say, one by one")
  void nothing_is_read_into_it(@ForAll("hostile") String value) {
    Set<String> pieces = new TreeSet<>(List.of(value.split("[,\\s]", -1)));
    assertThat(ports(value))
        .allMatch(port -> pieces.stream().anyMatch(piece -> reads(piece, port)));
  }

  private static boolean reads(String piece, Port port) {
    try {
      return Port.parse(piece).equals(port);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Property
  @Label("is told in one line that people can read, however it was written")
  void a_slip_prints_well(@ForAll("hostile") String value) {
    Allowance.of(group(value, 0), List.of(), VPN)
        .slip()
        .ifPresent(
            slip ->
                assertThat(slip.toString())
                    .hasSizeLessThan(900)
                    .doesNotContainPattern(
                        Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]")));
  }

  @Property
  @Label("never takes more than the room that the group has, and keeps what is open")
  void room(@ForAll("lists") List<String> items, @ForAll @IntRange(min = 0, max = 80) int others) {
    Set<Ingress> wanted =
        Allowance.of(group(String.join(",", items), others), List.of(), VPN).wanted();
    assertThat(wanted.size() + others).isLessThanOrEqualTo(Math.max(others, 60));
    List<Ingress> there = List.copyOf(wanted);
    SecurityGroup after =
        new SecurityGroup(
            new SecurityGroupId("sg-00000001"),
            "web",
            there,
            there,
            Map.of(Tags.ALLOW, String.join(",", items)),
            others + there.size());
    assertThat(Allowance.of(after, List.of(), VPN).wanted()).isEqualTo(wanted);
  }

  private static Set<Port> ports(String value) {
    return Allowance.of(group(value, -1_000_000), List.of(), VPN).wanted().stream()
        .map(Ingress::port)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static SecurityGroup group(String allow, int others) {
    return new SecurityGroup(
        new SecurityGroupId("sg-00000001"),
        "web",
        List.of(),
        List.of(),
        Map.of(Tags.ALLOW, allow),
        others);
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.of(READABLE)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.integers().between(1, 70_000).map(n -> "tcp/" + n)),
            net.jqwik.api.Tuple.of(1, junk().map(text -> text.replaceAll("[,\\s\\p{Cc}]", ""))))
        .list()
        .ofMaxSize(60);
  }

  private static boolean isPort(String item) {
    try {
      return Port.parse(item) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.oneOf(
            Arbitraries.of(READABLE), junk(), Arbitraries.of(",", " ", "\n", "-", ";", "\u202e"))
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces));
  }

  private static Arbitrary<String> junk() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.strings()
            .withChars("tcpudi/0123456789-*, \n\t;$(){}'\"\\\u202e\u2066\u200b٢")
            .ofMaxLength(20),
        Arbitraries.of(
            "icmq",
            "TCP/22",
            "22",
            "tcp/0",
            "tcp/70000",
            "tcp/*",
            "-1",
            "all",
            "tcp/22-",
            "-30",
            "tcp/30-20",
            "0.0.0.0/0",
            "tcp/22;tcp/443",
            "tcp/22\u00a0",
            "t\u200bcp/22"));
  }
}
