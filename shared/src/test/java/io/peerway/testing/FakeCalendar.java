package io.peerway.testing;

import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.port.FreezeCalendar;
import io.peerway.model.value.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A freeze calendar that a test sets, and that counts how often it was asked. */
public final class FakeCalendar implements FreezeCalendar {
  /** When its freeze ends. */
  public static final Instant END = Instant.parse("2026-12-24T06:00:00Z");

  private CalendarSight sight = new CalendarSight.Open();
  private @Nullable RuntimeException failure;
  private int asked;

  /** Nothing may be changed until {@link #END}. */
  public static FakeCalendar closed() {
    FakeCalendar calendar = new FakeCalendar();
    calendar.show(new CalendarSight.Closed(END));
    return calendar;
  }

  /** From now on. */
  public void show(CalendarSight now) {
    sight = now;
  }

  /** From now on it cannot even be asked. */
  public void fail(RuntimeException with) {
    failure = with;
  }

  public int asked() {
    return asked;
  }

  @Override
  public String name() {
    return "the-calendar";
  }

  @Override
  public CalendarSight now(Subject onBehalfOf) {
    asked++;
    if (failure != null) {
      throw failure;
    }
    return sight;
  }
}
