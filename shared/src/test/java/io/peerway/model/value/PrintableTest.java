package io.peerway.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

@Label("What others wrote")
class PrintableTest {

  @Property
  @Label("never breaks a line and never grows long, whatever it holds")
  void anything_becomes_one_short_line(@ForAll String value) {
    assertThat(Printable.shortened(value))
        .hasSizeLessThanOrEqualTo(81)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  @Test
  void harmless_text_stays_as_it_is() {
    assertThat(Printable.shortened("Müllers Dienst, 10.0.0.0/8"))
        .isEqualTo("Müllers Dienst, 10.0.0.0/8");
  }

  @Test
  void line_breaks_and_text_direction_become_question_marks() {
    assertThat(Printable.shortened("a\nb\u0085c\u2028d\u202Ee\u009Bf")).isEqualTo("a?b?c?d?e?f");
  }

  @Test
  void a_character_of_two_halves_is_not_cut_in_two() {
    String emoji = "😀".repeat(50);
    assertThat(Printable.shortened("x" + emoji).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .asString(java.nio.charset.StandardCharsets.UTF_8)
        .startsWith("x😀")
        .endsWith("?…");
  }

  @Test
  void a_long_text_is_cut_and_says_so() {
    assertThat(Printable.shortened("a".repeat(300_000))).hasSize(81).endsWith("a…");
  }
}
