package io.peerway.plan.freeze;

import io.peerway.model.port.FreezeCalendar;
import org.jspecify.annotations.Nullable;

/** What is said of a run that people have redriven at a step that asks for no freeze. */
public final class Redriven {
  private Redriven() {}

  /**
   * What is to be said of freezes in the end.
   *
   * @param met what was said of one when the calendar was asked
   * @param redrives how often people have redriven the execution
   */
  public static String words(
      FreezeCalendar calendar, @Nullable String met, @Nullable Integer redrives) {
    if (met != null && !met.isEmpty()) {
      return met;
    }
    return calendar.isSet() && redrives != null && redrives > 0
        ? "People redrove it, which waits for no freeze of the calendar " + calendar.name() + "."
        : "";
  }
}
