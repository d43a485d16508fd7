package io.peerway.plan.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.freeze.Freezes;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeCalendar;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import org.junit.jupiter.api.Test;

class GateTest {
  private final FakeCalendar calendar = FakeCalendar.closed();

  private Gate gate(Beginning beginning) {
    return new Gate(
        FakeAws.with(World.sample()).freezeCalendar(calendar).aws(), beginning, Samples.PEERING);
  }

  private Gate gate(Freezes freezes) {
    return gate(Beginning.of(freezes, 0, 0));
  }

  @Test
  void what_nobody_has_started_waits_while_the_calendar_is_closed() {
    Freeze freeze = gate(Freezes.HEED).freeze();
    assertThat(freeze.holds()).isTrue();
    assertThat(freeze.until()).isEqualTo(FakeCalendar.END);
    assertThat(freeze.words())
        .isEqualTo("the freeze calendar the-calendar is closed, until 2026-12-24T06:00:00Z");
  }

  @Test
  void without_an_end_it_says_so() {
    calendar.show(new CalendarSight.Closed(null));
    assertThat(gate(Freezes.HEED).freeze().words()).endsWith("is closed, and says of no end");
  }

  @Test
  void an_open_one_lets_it_through_and_what_goes_on_with_it_asks_no_more() {
    calendar.show(new CalendarSight.Open());
    assertThat(gate(Freezes.HEED).freeze()).isEqualTo(Freeze.let(Freezes.PASSED, "", null));
    calendar.show(new CalendarSight.Closed(null));
    assertThat(gate(Freezes.PASSED).freeze()).isEqualTo(Freeze.let(Freezes.PASSED, "", null));
    assertThat(calendar.asked()).isOne();
  }

  @Test
  void people_go_through_and_hear_that_they_did() {
    Freeze freeze = gate(Beginning.of(null, null, null)).freeze();
    assertThat(freeze.holds()).isFalse();
    assertThat(freeze.freezes()).isEqualTo(Freezes.BY_HAND);
    assertThat(freeze.words()).startsWith("This went through a freeze").endsWith("started it.");
    calendar.show(new CalendarSight.Open());
    assertThat(gate(Freezes.BY_HAND).freeze().words()).isEmpty();
  }

  @Test
  void a_redrive_of_it_or_of_what_started_it_is_peoples() {
    assertThat(gate(Beginning.of(Freezes.HEED, 0, 1)).freeze().words()).endsWith("redrove it.");
    assertThat(gate(Beginning.of(Freezes.HEED, 2, 0)).freeze().holds()).isFalse();
  }

  @Test
  void what_a_run_was_told_before_counts_for_all_of_it_unless_people_redrive_what_was_held() {
    Freeze let = Freeze.let(Freezes.PASSED, "words", null);
    Gate gate = gate(Freezes.HEED);
    assertThat(new Gate(gate.aws(), gate.beginning(), Samples.PEERING, let).freeze()).isSameAs(let);
    Freeze held = gate.freeze();
    assertThat(new Gate(gate.aws(), gate.beginning(), Samples.PEERING, held).freeze().holds())
        .isTrue();
    Beginning redriven = Beginning.of(Freezes.HEED, 0, 1);
    assertThat(new Gate(gate.aws(), redriven, Samples.PEERING, held).freeze().holds()).isFalse();
  }

  @Test
  void a_calendar_that_cannot_be_read_is_closed() {
    calendar.show(new CalendarSight.Unreadable("it is gone"));
    Freeze freeze = gate(Freezes.HEED).freeze();
    assertThat(freeze.holds()).isTrue();
    assertThat(freeze.unreadable()).isEqualTo("it is gone");
    assertThat(freeze.words()).contains("cannot be read, and is taken for closed (it is gone)");
  }

  @Test
  void one_that_does_not_answer_is_asked_again_but_holds_up_neither_people_nor_what_is_urgent() {
    calendar.fail(new Throttled("GetCalendarState: slow", new RuntimeException()));
    assertThatExceptionOfType(Throttled.class).isThrownBy(() -> gate(Freezes.HEED).freeze());
    assertThat(gate(Freezes.BY_HAND).freeze().words()).contains("slow");
    calendar.fail(new Unavailable("GetCalendarState: no answer", new RuntimeException()));
    Freeze urgent = gate(Freezes.HEED).urgent();
    assertThat(urgent.holds()).isFalse();
    assertThat(urgent.freezes()).isEqualTo(Freezes.HEED);
    assertThat(urgent.words()).contains("no answer").contains("a person's refusal");
  }
}
