package io.peerway.plan.report;

import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report. People read it as text, and so does a later execution: this is the one
 * place that writes and reads that text.
 *
 * @param at where; null in a line that only counts others
 * @param since since when it has drifted, in words; null where it has not
 * @param by who did it, where that is known
 */
public record ReportLine(
    @Nullable Place at, String what, @Nullable String since, @Nullable String by) {
  private static final String SINCE = ", since ";
  private static final String BY = ", by ";
  private static final Pattern DATED =
      Pattern.compile("(.*)" + SINCE + "((?:before|between) [^,]*)(?:" + BY + "(.*))?");

  // No place has it in its own text.
  private static final String COLON = ": ";

  static ReportLine of(Finding finding) {
    return new ReportLine(finding.at(), finding.what(), null, null);
  }

  static ReportLine dated(Finding finding, String since) {
    return new ReportLine(finding.at(), finding.what(), since, finding.by());
  }

  /** That there are so many lines more. */
  static ReportLine more(int lines) {
    return new ReportLine(null, "and " + lines + " more lines", null, null);
  }

  /** The line that prints so; one about a place that we do not know has no place. */
  public static ReportLine read(String text) {
    Matcher dated = DATED.matcher(text);
    return dated.matches()
        ? read(dated.group(1), dated.group(2), dated.group(3))
        : read(text, null, null);
  }

  private static ReportLine read(String line, @Nullable String since, @Nullable String by) {
    String[] parts = line.split(COLON, 2);
    if (parts.length == 2) {
      try {
        return new ReportLine(Place.of(parts[0]), parts[1], since, by);
      } catch (IllegalArgumentException unknown) {
        return new ReportLine(null, line, since, by);
      }
    }
    return new ReportLine(null, line, since, by);
  }

  /** Where. */
  public Optional<Place> place() {
    return Optional.ofNullable(at);
  }

  /** The same whoever did it. */
  ReportLine nameless() {
    return new ReportLine(at, what, since, null);
  }

  /** The same whenever it began. */
  ReportLine undated() {
    return new ReportLine(at, what, null, null);
  }

  @Override
  public String toString() {
    return (at == null ? "" : at + COLON)
        + what
        + (since == null ? "" : SINCE + since)
        + (by == null ? "" : BY + by);
  }
}
