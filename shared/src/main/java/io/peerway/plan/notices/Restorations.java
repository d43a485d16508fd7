package io.peerway.plan.notices;

import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often of late a connection's routes and openings were restored because others had removed
 * them. Where that goes on, somebody's tool does not know of them: it is told once, and the hourly
 * run goes on restoring until it has been quiet for an hour. Kept in a tag on the hub side.
 *
 * @param since when the hour began
 * @param count how often since then
 * @param last the execution that was the last to count
 */
public record Restorations(Instant since, int count, String last) {
  /** How often within an hour without a word. */
  public static final int AT_MOST = 3;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Restorations NONE = new Restorations(Instant.EPOCH, 0, "");
  private static final Pattern TAG = Pattern.compile("(\\S+) ([0-9]{1,4}) (\\S+)");

  /** What the tag says; what cannot be read or is older than an hour says nothing. */
  public static Restorations of(Peering peering, Instant now) {
    Matcher tag = TAG.matcher(peering.tags().getOrDefault(Tags.RESTORED, ""));
    if (!tag.matches()) {
      return NONE;
    }
    try {
      Instant since = Instant.parse(tag.group(1));
      return Duration.between(since, now).abs().compareTo(HOUR) < 0
          ? new Restorations(since, Integer.parseInt(tag.group(2)), tag.group(3))
          : NONE;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /** With that of an execution, which counts once however often it asks. */
  public Restorations and(String execution, Instant now) {
    if (last.equals(execution)) {
      return this;
    }
    Instant begin = now.truncatedTo(ChronoUnit.SECONDS);
    if (count > AT_MOST) {
      // The quiet hour has yet to begin. Not written anew every time, and told by nobody.
      return isFresh(now) ? this : new Restorations(begin, AT_MOST + 2, execution);
    }
    return new Restorations(count == 0 ? begin : since, count + 1, execution);
  }

  /** Whether it is left to the hourly run. */
  public boolean isLeftToTheHourlyRun() {
    return count > AT_MOST;
  }

  /** Whether nothing has to be noted either at this moment. */
  public boolean needsNoLook(Instant now) {
    return isLeftToTheHourlyRun() && isFresh(now);
  }

  /** Whether it is this execution that tells people. */
  public boolean isToldBy(String execution) {
    return count == AT_MOST + 1 && last.equals(execution);
  }

  /** As the value of the tag. */
  public String tagValue() {
    return since + " " + count + " " + last;
  }

  private boolean isFresh(Instant now) {
    return Duration.between(since, now).compareTo(HOUR.dividedBy(2)) < 0;
  }
}
