package io.peerway.model.port;

import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.value.Subject;

/** The calendar that says when nothing may be changed. */
public interface FreezeCalendar {
  /** Where the parameter is empty. */
  FreezeCalendar NONE =
      new FreezeCalendar() {
        @Override
        public String name() {
          return "";
        }

        @Override
        public CalendarSight now(Subject onBehalfOf) {
          return new CalendarSight.Open();
        }
      };

  /** Its name or ARN, as the parameter has it; empty where there is none. */
  String name();

  /** Whether there is one. */
  default boolean isSet() {
    return !name().isEmpty();
  }

  /**
   * Its state at this moment: one call, or none where there is no calendar.
   *
   * @throws io.peerway.model.error.Throttled or {@link io.peerway.model.error.Unavailable}: to be
   *     asked again
   */
  CalendarSight now(Subject onBehalfOf);
}
