package io.peerway.functions.seen.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.plan.seen.State;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contrast as WCAG 2.2 reckons it ("contrast ratio", "relative luminance"). */
class ThemeTest {
  private static final double TEXT = 4.5; // 1.4.3
  private static final double LINES = 3; // 1.4.11

  @ParameterizedTest
  @EnumSource(Theme.class)
  void every_text_can_be_read_on_whatever_is_behind_it(Theme theme) {
    for (String behind : new String[] {theme.background, theme.surface}) {
      assertThat(
              Stream.concat(
                  Stream.of(theme.text, theme.muted, theme.link),
                  Stream.of(State.values()).map(theme::of)))
          .allSatisfy(
              color ->
                  assertThat(contrast(color, behind))
                      .as(color + " on " + behind)
                      .isGreaterThanOrEqualTo(TEXT));
      assertThat(contrast(theme.line, behind)).isGreaterThanOrEqualTo(LINES);
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void a_state_is_told_by_its_word_and_a_sign_of_its_own_besides_its_colour(Theme theme) {
    assertThat(Stream.of(State.values()).map(theme::of)).doesNotHaveDuplicates();
    assertThat(Stream.of(State.values()).map(Theme::sign)).doesNotHaveDuplicates();
    assertThat(Stream.of(State.values()).map(State::word)).doesNotHaveDuplicates();
  }

  @Test
  void a_pale_text_would_be_found() {
    assertThat(contrast("#ffffff", "#000000")).isEqualTo(21);
    assertThat(contrast("#777777", "#ffffff")).isLessThan(TEXT);
  }

  static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String color) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    return IntStream.range(0, 3)
        .mapToDouble(
            n -> {
              double c = Integer.parseInt(color.substring(1 + 2 * n, 3 + 2 * n), 16) / 255.0;
              return weights[n] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
            })
        .sum();
  }
}
