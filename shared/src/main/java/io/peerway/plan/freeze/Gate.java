package io.peerway.plan.freeze;

import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run may change something at this moment. A run asks the calendar once, just before its
 * first change; what is let through is finished, whatever the calendar says by then. A calendar
 * that cannot be read is taken for closed: what nobody can read allows nothing.
 *
 * @param met what an earlier step of the same run was told, which has let it through; null where
 *     none has asked
 */
public record Gate(Aws aws, Beginning beginning, Subject subject, @Nullable Freeze met) {
  private static final String REFUSAL =
      "a person's refusal, or an account that may not be here any more, waits for no freeze";

  /** For a run that has asked nobody yet. */
  public Gate(Aws aws, Beginning beginning, Subject subject) {
    this(aws, beginning, subject, null);
  }

  /** What is handed on where the calendar was not asked. */
  public Freezes unasked() {
    return met == null ? beginning.stands() : met.freezes();
  }

  /** For what has to wait in a freeze, unless people have started it. */
  public Freeze freeze() {
    if (met != null && !(met.holds() && beginning.redriven())) {
      return met;
    }
    return switch (beginning.stands()) {
      case PASSED -> Freeze.let(Freezes.PASSED, "", null);
      case HEED -> heeded(aws.freezeCalendar().now(subject));
      case BY_HAND ->
          let(Freezes.BY_HAND, beginning.redriven() ? "people redrove it" : "people started it");
    };
  }

  /** For what waits for no freeze; the calendar is read only to say so. */
  public Freeze urgent() {
    return beginning.stands() == Freezes.PASSED
        ? Freeze.let(Freezes.PASSED, "", null)
        : let(beginning.stands(), REFUSAL);
  }

  private Freeze heeded(CalendarSight sight) {
    return switch (sight) {
      case CalendarSight.Open() -> Freeze.let(Freezes.PASSED, "", null);
      case CalendarSight.Closed(Instant until) ->
          new Freeze(true, Freezes.HEED, closed(until), until, null);
      case CalendarSight.Unreadable(String why) ->
          new Freeze(true, Freezes.HEED, unreadable(why), null, why);
    };
  }

  private Freeze let(Freezes freezes, String because) {
    return switch (tolerantly()) {
      case CalendarSight.Open() -> Freeze.let(freezes, "", null);
      case CalendarSight.Closed(Instant until) ->
          Freeze.let(freezes, through(closed(until), because), null);
      case CalendarSight.Unreadable(String why) ->
          Freeze.let(freezes, through(unreadable(why), because), why);
    };
  }

  // What waits for no freeze waits for no answer either.
  private CalendarSight tolerantly() {
    try {
      return aws.freezeCalendar().now(subject);
    } catch (Throttled | Unavailable passing) {
      return new CalendarSight.Unreadable(String.valueOf(passing.getMessage()));
    }
  }

  private String closed(@Nullable Instant until) {
    return "the freeze calendar %s is closed, %s"
        .formatted(
            aws.freezeCalendar().name(),
            until == null
                ? "and says of no end"
                : "until " + until.truncatedTo(ChronoUnit.SECONDS));
  }

  private String unreadable(String why) {
    return "the freeze calendar %s cannot be read, and is taken for closed (%s)"
        .formatted(aws.freezeCalendar().name(), why);
  }

  private static String through(String what, String because) {
    return "This went through a freeze: " + what + "; " + because + ".";
  }
}
