package io.peerway.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Cidrs;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The algebra of prefixes against an oracle that knows no prefixes, only addresses: one bit for
 * each of the 256 addresses of {@code 10.0.0.0/24}.
 */
@Label("Prefixes")
class CidrProperties {

  @Property
  @Label("a cover holds exactly the addresses of what it covers")
  void a_cover_is_exact(@ForAll("small") List<Cidr> cidrs) {
    assertThat(addresses(Cidr.cover(cidrs))).isEqualTo(addresses(cidrs));
  }

  @Property
  @Label("no fewer prefixes than a cover's hold the same addresses")
  void a_cover_is_minimal(@ForAll("small") List<Cidr> cidrs) {
    assertThat(Cidr.cover(cidrs)).hasSize(fewest(addresses(cidrs), 0, 256));
  }

  @Property
  @Label("a cover is sorted, and covering it again changes nothing")
  void a_cover_is_sorted_and_stable(@ForAll("any") List<Cidr> cidrs) {
    List<Cidr> cover = Cidr.cover(cidrs);
    assertThat(cover).isSorted().doesNotHaveDuplicates();
    assertThat(Cidr.cover(cover)).isEqualTo(cover);
    assertThat(cidrs).allMatch(cidr -> cover.stream().anyMatch(block -> block.contains(cidr)));
  }

  @Property
  @Label("overlap and containment are those of the address sets")
  void relations_are_those_of_sets(@ForAll("one") Cidr a, @ForAll("one") Cidr b) {
    BitSet both = addresses(List.of(a));
    both.and(addresses(List.of(b)));
    assertThat(a.overlaps(b)).isEqualTo(!both.isEmpty());
    assertThat(b.overlaps(a)).isEqualTo(a.overlaps(b));
    assertThat(a.contains(b)).isEqualTo(both.equals(addresses(List.of(b))));
  }

  @Property
  @Label("one without another holds what the other does not, in the fewest prefixes")
  void without_is_the_difference_of_sets(@ForAll("one") Cidr a, @ForAll("one") Cidr b) {
    BitSet rest = addresses(List.of(a));
    rest.andNot(addresses(List.of(b)));
    List<Cidr> without = a.without(b);
    assertThat(addresses(without)).isEqualTo(rest);
    assertThat(without).hasSameSizeAs(Cidr.cover(without));
  }

  @Property
  @Label("the order agrees with equality")
  void order_agrees_with_equality(@ForAll("one") Cidr a, @ForAll("one") Cidr b) {
    assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
  }

  @Property
  @Label("any text is a prefix in its one form or refused, never another error")
  void any_text_is_read_or_refused(@ForAll("almostCidrs") String text) {
    try {
      assertThat(new Cidr(text).value()).matches("[0-9]+([.][0-9]+){3}/[0-9]+");
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("IPv4 CIDR");
      assertThat(refused.getMessage()).doesNotContainPattern("\\p{Cc}");
    }
  }

  @Provide
  Arbitrary<List<Cidr>> small() {
    return one().list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<Cidr> one() {
    return Cidrs.inside("10.0.0.0", 24, 32);
  }

  @Provide
  Arbitrary<List<Cidr>> any() {
    return Cidrs.inside("0.0.0.0", 0, 32).list().ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> almostCidrs() {
    Arbitrary<String> octet =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(0, 260).map(String::valueOf)),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
    return Combinators.combine(octet, octet, octet, octet, octet)
        .as((a, b, c, d, length) -> String.join(".", a, b, c, d) + "/" + length);
  }

  private static BitSet addresses(List<Cidr> cidrs) {
    BitSet set = new BitSet(256);
    for (Cidr cidr : cidrs) {
      String[] parts = cidr.value().split("[./]");
      int first = Integer.parseInt(parts[3]);
      set.set(first, first + (1 << 32 - Integer.parseInt(parts[4])));
    }
    return set;
  }

  /**
   * The fewest prefixes for {@code set} within one aligned range: itself, or both halves' fewest.
   */
  private static int fewest(BitSet set, int from, int to) {
    if (set.nextSetBit(from) < 0 || set.nextSetBit(from) >= to) {
      return 0;
    }
    if (set.nextClearBit(from) >= to) {
      return 1;
    }
    int middle = (from + to) / 2;
    return fewest(set, from, middle) + fewest(set, middle, to);
  }
}
