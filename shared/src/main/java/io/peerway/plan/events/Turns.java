package io.peerway.plan.events;

import io.peerway.model.Errand;
import io.peerway.model.error.InvalidSettings;
import io.peerway.model.value.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How often a workflow may begin for one subject, whatever is sent: at once after some quiet, then
 * at growing intervals, and at most {@link #MOST} times in a window of time. The executions
 * themselves are the record of it: each has a name that says which turn of which window it is, and
 * Step Functions gives a name once.
 *
 * <p>Windows begin at whole multiples of their length since 1970, so that everybody knows them.
 */
public record Turns(Duration window) {
  /** Turns in one window. */
  public static final int MOST = 3;

  /** As the environment has it, in seconds. */
  public static Turns of(Map<String, String> environment) {
    String seconds = environment.getOrDefault("EVENT_WINDOW_SECONDS", "");
    if (!seconds.matches("[1-9][0-9]{0,2}")) {
      throw new InvalidSettings(
          "EVENT_WINDOW_SECONDS: seconds from 1 to 999 expected, got: "
              + Printable.shortened(seconds));
    }
    return new Turns(Duration.ofSeconds(Integer.parseInt(seconds)));
  }

  // What one person or one run of Terraform does in one go is seen by the second turn.
  private Duration gap(int turn) {
    return window.dividedBy(turn == 0 ? 6 : 3);
  }

  /** When the window that holds this moment began. */
  public Instant begin(Instant now) {
    long length = window.toSeconds();
    return Instant.ofEpochSecond(now.getEpochSecond() / length * length);
  }

  /** When the next window begins. */
  public Instant end(Instant now) {
    return begin(now).plus(window);
  }

  /** Whether a turn of the window before may still have to be waited for. */
  public boolean isEarly(Instant now) {
    return Duration.between(begin(now), now).compareTo(gap(MOST - 1)) < 0;
  }

  /**
   * The execution's name: at most 80 characters of a small alphabet (Step Functions API reference,
   * "StartExecution"), and unique for the 90 days in which a name cannot be used again.
   */
  public String name(Errand errand, Instant now, int turn) {
    String which = errand instanceof Errand.Reconcile r && !r.after().isZero() ? "-later" : "";
    return "%s%s-%d-%d"
        .formatted(errand.subject().value(), which, begin(now).getEpochSecond(), turn);
  }

  /** When the next turn may be taken, after this one began. */
  public Instant next(int turn, Instant begun) {
    return begun.plus(gap(turn));
  }
}
