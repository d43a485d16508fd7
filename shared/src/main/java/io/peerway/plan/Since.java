package io.peerway.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Since when something has drifted, as far as earlier executions can tell. */
public final class Since {
  private static final String MARK = ", since ";

  private final Optional<Earlier> earlier;
  private final Instant now;

  /**
   * What the last execution said that looked at the same, or at more.
   *
   * @param all whether it has looked for VPCs that ask to be connected
   * @param changes its lines, those aside that it has repaired
   * @param told what people have heard: its changes, where it did with them what is done now, and
   *     what it could not read
   */
  public record Earlier(Instant at, boolean all, List<String> changes, List<String> told) {}

  public Since(Optional<Earlier> earlier, Instant now) {
    this.earlier = earlier;
    this.now = now;
  }

  /** The line with its time: what was there already keeps it. */
  String dated(String line) {
    return line + MARK + earlier.map(past -> dated(line, past)).orElse("before " + second(now));
  }

  static String undated(String line) {
    int mark = line.lastIndexOf(MARK);
    return mark < 0 ? line : line.substring(0, mark);
  }

  /** Whether nobody has heard of this line yet. */
  boolean isNews(String line) {
    return earlier.map(past -> !past.told().contains(line)).orElse(true);
  }

  private String dated(String line, Earlier past) {
    return past.changes().stream()
        .filter(change -> change.startsWith(line + MARK))
        .map(change -> change.substring(line.length() + MARK.length()))
        .findFirst()
        .orElse(
            past.all() || !line.startsWith("vpc-")
                ? "between " + second(past.at()) + " and " + second(now)
                : "before " + second(now));
  }

  private static Instant second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
