package io.peerway.plan.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestorationsTest {
  private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

  private Instant now = EIGHT;
  private String tag = "";

  @Test
  void three_within_an_hour_are_no_fight_and_the_fourth_is_told_by_one_execution() {
    assertThat(once("a").isLeftToTheHourlyRun()).isFalse();
    assertThat(once("b").isLeftToTheHourlyRun()).isFalse();
    assertThat(once("c").isLeftToTheHourlyRun()).isFalse();
    assertThat(once("d").isToldBy("d")).isTrue();
    assertThat(once("d").isToldBy("d")).isTrue();
    Restorations later = once("e");
    assertThat(later.isLeftToTheHourlyRun()).isTrue();
    assertThat(later.isToldBy("e")).isFalse();
  }

  @Test
  void the_same_execution_counts_once() {
    once("a");
    assertThat(once("a").count()).isEqualTo(1);
  }

  @Test
  void an_hour_later_it_begins_anew() {
    once("a");
    once("b");
    once("c");
    now = EIGHT.plus(Duration.ofMinutes(60));
    assertThat(once("d").count()).isEqualTo(1);
  }

  @Test
  void a_fight_lasts_until_it_has_been_quiet_for_an_hour() {
    for (String execution : new String[] {"a", "b", "c", "d"}) {
      once(execution);
    }
    assertThat(read().needsNoLook(now)).isTrue();
    now = EIGHT.plus(Duration.ofMinutes(40));
    assertThat(read().needsNoLook(now)).isFalse();
    Restorations goesOn = once("e");
    assertThat(goesOn.isLeftToTheHourlyRun()).isTrue();
    assertThat(goesOn.isToldBy("e")).isFalse();
  }

  @Test
  void a_fight_is_noted_anew_only_once_half_an_hour_has_gone_by() {
    for (String execution : new String[] {"a", "b", "c", "d"}) {
      once(execution);
    }
    String told = tag;
    now = EIGHT.plus(Duration.ofMinutes(30)).minusSeconds(1);
    once("e");
    assertThat(tag).isEqualTo(told);
    now = EIGHT.plus(Duration.ofMinutes(30));
    once("e");
    assertThat(tag).isEqualTo("2026-11-23T08:30:00Z 5 e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "2026-11-23T08:00:00Z 4", "2026-99-23T08:00:00Z 4 e", "x 4 e"})
  void what_cannot_be_read_says_nothing(String value) {
    tag = value;
    assertThat(read().count()).isZero();
  }

  private Restorations once(String execution) {
    Restorations after = read().and(execution, now);
    tag = after.tagValue();
    return after;
  }

  private Restorations read() {
    return Restorations.of(
        Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.RESTORED, tag), now);
  }
}
