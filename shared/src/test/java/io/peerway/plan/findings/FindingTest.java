package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Samples;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final int LONGEST = 250;

  @Test
  void a_line_is_whole_up_to_its_limit_and_a_longer_one_is_cut_and_says_so() {
    String longest = "x".repeat(LONGEST);
    assertThat(Finding.drift(Samples.PEERING, longest).what()).isEqualTo(longest);
    assertThat(Finding.drift(Samples.PEERING, longest + "x").what()).isEqualTo(longest + "…");
  }

  @Test
  void two_lines_in_one_are_one() {
    assertThat(Finding.drift(Samples.PEERING, "a\nb").by("c\nd"))
        .satisfies(
            finding -> {
              assertThat(finding.what()).isEqualTo("a?b");
              assertThat(finding.by()).isEqualTo("c?d");
            });
  }

  @Test
  void only_what_a_rule_a_person_or_the_hub_s_room_keeps_out_is_not_meant_to_be_connected() {
    assertThat(Finding.Sort.values())
        .filteredOn(Finding.Sort::isStanding)
        .containsExactly(
            Finding.Sort.REFUSED, Finding.Sort.WAITS_FOR_APPROVAL, Finding.Sort.WAITS_FOR_ROOM);
  }

  @Test
  void a_character_that_is_cut_in_two_leaves_no_half() {
    String line = "x".repeat(LONGEST - 1) + "🚀 and more";
    assertThat(Finding.drift(Samples.PEERING, line).what())
        .isEqualTo("x".repeat(LONGEST - 1) + "?…");
  }
}
