package io.peerway.functions.seen.html;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FitProperties {

  @Property
  void what_is_cut_fits_and_is_a_beginning(
      @ForAll String words, @ForAll @IntRange(min = 2, max = 60) int columns) {
    String fitted = Fit.into(columns, words);
    if (fitted.equals(words)) {
      return;
    }
    assertThat(fitted).endsWith("…");
    String kept = fitted.substring(0, fitted.length() - 1);
    assertThat(words).startsWith(kept);
    assertThat(kept.codePoints().map(c -> c < 0x1100 ? 1 : 2).sum()).isLessThan(columns);
    // Nothing is cut in two.
    assertThat(kept).doesNotMatch(".*[\\ud800-\\udbff]$");
  }

  @Example
  void what_fits_stays_and_a_character_is_kept_whole() {
    assertThat(Fit.into(7, "payment")).isEqualTo("payment");
    assertThat(Fit.into(7, "payments")).isEqualTo("paymen…");
    assertThat(Fit.into(4, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦")).isEqualTo("…");
    assertThat(Fit.into(5, "会計部門")).isEqualTo("会計…");
  }
}
