package io.peerway.plan.report;

import io.peerway.plan.findings.Finding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Since when something has drifted, as far as earlier executions can tell. */
public final class Since {
  private static final String MARK = ", since ";
  private static final String BY = ", by ";

  // A line as it is printed here: what has drifted, since when, and maybe who did it.
  private static final Pattern DATED =
      Pattern.compile("(.*)" + MARK + "((?:before|between) [^,]*)(?:" + BY + ".*)?");

  private final Optional<Earlier> earlier;
  private final Instant now;
  private final Set<String> told;

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
    this.told =
        earlier.stream()
            .flatMap(past -> past.told().stream())
            .map(Since::nameless)
            .collect(Collectors.toSet());
  }

  /** The line with its time, which what was there already keeps, and with who did it. */
  String dated(Finding drift) {
    String line = drift.toString();
    return line
        + MARK
        + earlier.map(past -> time(line, past)).orElse("before " + second(now))
        + (drift.by() == null ? "" : BY + drift.by());
  }

  static String undated(String line) {
    Matcher dated = DATED.matcher(line);
    return dated.matches() ? dated.group(1) : line;
  }

  /** Whether nobody has heard of this line yet; who did it makes none new. */
  boolean isNews(String line) {
    return !told.contains(nameless(line));
  }

  private static String nameless(String line) {
    Matcher dated = DATED.matcher(line);
    return dated.matches() ? dated.group(1) + MARK + dated.group(2) : line;
  }

  private String time(String line, Earlier past) {
    return past.changes().stream()
        .filter(change -> change.startsWith(line))
        .map(DATED::matcher)
        .filter(dated -> dated.matches() && dated.group(1).equals(line))
        .map(dated -> dated.group(2))
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
