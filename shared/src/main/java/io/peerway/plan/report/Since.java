package io.peerway.plan.report;

import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Since when something has drifted, as far as earlier executions can tell. */
public final class Since {
  private final Optional<Earlier> earlier;
  private final Instant now;
  private final Set<ReportLine> told;

  /**
   * What the last execution said that looked at the same, or at more.
   *
   * @param all whether it has looked for VPCs that ask to be connected
   * @param changes its lines, those aside that it has repaired
   * @param told what people have heard: its changes, where it did with them what is done now, and
   *     what it could not read
   */
  public record Earlier(Instant at, boolean all, List<ReportLine> changes, List<ReportLine> told) {}

  public Since(Optional<Earlier> earlier, Instant now) {
    this.earlier = earlier;
    this.now = now;
    this.told =
        earlier.stream()
            .flatMap(past -> past.told().stream())
            .map(ReportLine::nameless)
            .collect(Collectors.toSet());
  }

  /** The line with its time, which what was there already keeps, and with who did it. */
  ReportLine dated(Finding drift) {
    return ReportLine.dated(
        drift, earlier.map(past -> time(drift, past)).orElse("before " + second(now)));
  }

  /** Whether nobody has heard of this line yet; who did it makes none new. */
  boolean isNews(ReportLine line) {
    return !told.contains(line.nameless());
  }

  private String time(Finding drift, Earlier past) {
    ReportLine line = ReportLine.of(drift);
    return past.changes().stream()
        .filter(change -> change.undated().equals(line))
        .flatMap(change -> Optional.ofNullable(change.since()).stream())
        .findFirst()
        .orElse(
            past.all() || !(drift.at() instanceof VpcId)
                ? "between " + second(past.at()) + " and " + second(now)
                : "before " + second(now));
  }

  private static Instant second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
