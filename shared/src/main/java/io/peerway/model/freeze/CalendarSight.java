package io.peerway.model.freeze;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of the freeze calendar at one moment. */
public sealed interface CalendarSight {
  /** Changes may be made, or there is no calendar. */
  record Open() implements CalendarSight {}

  /**
   * No changes.
   *
   * @param until null where the calendar has no end of it
   */
  record Closed(@Nullable Instant until) implements CalendarSight {}

  /**
   * It cannot be read: the calendar is gone, or does not let us.
   *
   * @param why as AWS says it
   */
  record Unreadable(String why) implements CalendarSight {}
}
