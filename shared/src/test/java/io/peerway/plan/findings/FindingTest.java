package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
  private static final int LONGEST = 250;

  @Test
  void a_line_is_whole_up_to_its_limit_and_a_longer_one_is_cut_and_says_so() {
    String longest = "x".repeat(LONGEST);
    assertThat(Finding.drift("pcx-1", longest).what()).isEqualTo(longest);
    assertThat(Finding.drift("pcx-1", longest + "x").what()).isEqualTo(longest + "…");
  }

  @Test
  void where_it_is_stands_in_it_once() {
    assertThat(Finding.unknown("pcx-1", "pcx-1: cannot be read"))
        .hasToString("pcx-1: cannot be read");
  }

  @Test
  void two_lines_in_one_are_one() {
    assertThat(Finding.drift("pcx-1", "a\nb").by("c\nd"))
        .satisfies(
            finding -> {
              assertThat(finding.what()).isEqualTo("a?b");
              assertThat(finding.by()).isEqualTo("c?d");
            });
  }
}
