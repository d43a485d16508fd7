package io.peerway.plan.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.error.InvalidSettings;
import io.peerway.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private final Turns turns = Turns.of(Map.of("EVENT_WINDOW_SECONDS", "60"));

  @Test
  void everybody_knows_the_windows() {
    assertThat(turns.begin(NOON.plusSeconds(59))).isEqualTo(NOON);
    assertThat(turns.end(NOON.plusSeconds(59))).isEqualTo(NOON.plusSeconds(60));
    assertThat(turns.begin(NOON.plusSeconds(60))).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void each_turn_of_each_window_has_a_name_of_its_own() {
    Errand look = new Errand.Look(AccountLook.at(Samples.SERVICE_ACCOUNT));
    assertThat(turns.name(look, NOON.plusSeconds(7), 2)).isEqualTo("210987654321-1795953600-2");
    assertThat(turns.name(Errand.connect(Samples.PEERING), NOON.plusSeconds(60), 0))
        .isEqualTo(Samples.PEERING + "-1795953660-0");
    assertThat(turns.name(new Errand.Reconcile(Duration.ZERO), NOON, 0))
        .isEqualTo("all-connections-1795953600-0");
    assertThat(turns.name(new Errand.Reconcile(Duration.ofSeconds(90)), NOON, 0))
        .isEqualTo("all-connections-later-1795953600-0");
  }

  @Test
  void the_second_turn_comes_after_a_sixth_of_the_time_and_the_third_after_another_third() {
    assertThat(turns.next(0, NOON)).isEqualTo(NOON.plusSeconds(10));
    assertThat(turns.next(1, NOON)).isEqualTo(NOON.plusSeconds(20));
    assertThat(turns.isEarly(NOON.plusSeconds(19))).isTrue();
    assertThat(turns.isEarly(NOON.plusSeconds(20))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "1000", "a minute"})
  void another_length_is_refused_by_the_variable(String seconds) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> Turns.of(Map.of("EVENT_WINDOW_SECONDS", seconds)))
        .withMessageContaining("EVENT_WINDOW_SECONDS");
  }
}
