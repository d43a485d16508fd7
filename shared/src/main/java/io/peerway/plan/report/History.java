package io.peerway.plan.report;

import io.peerway.model.value.Place;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.report.Since.Earlier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the latest executions of {@code reconcile} have answered.
 *
 * @param runs newest first
 */
public record History(List<Run> runs) {
  public static final History NONE = new History(List.of());

  /** One execution. */
  public record Run(Instant startedAt, PastReport report) {}

  public History {
    runs = List.copyOf(runs);
  }

  /** What the last one has answered. */
  public Optional<PastReport> latest() {
    return runs.stream().findFirst().map(Run::report);
  }

  /** The last one that looked at all that {@code order} looks at. */
  public Optional<Earlier> earlier(ReconcileOrder order) {
    return runs.stream()
        .filter(run -> DriftReport.isCovered(order, run.report().extent()))
        .findFirst()
        .map(
            run ->
                new Earlier(
                    run.startedAt(),
                    run.report().extent().equals("all"),
                    run.report().left(),
                    told(run.report(), order)));
  }

  private static List<ReportLine> told(PastReport report, ReconcileOrder order) {
    boolean alike = report.mode().equalsIgnoreCase(order.mode().name());
    return Stream.concat(alike ? report.left().stream() : Stream.empty(), report.unknown().stream())
        .toList();
  }

  /**
   * The run in which a repair failed that would have to mend just the same; empty where the last
   * one ended well or failed of what passes by itself, or where something has changed since.
   *
   * @param lines what has drifted there, without its times
   */
  Optional<Instant> failed(Place at, Set<ReportLine> lines) {
    for (Run run : runs) {
      PastReport report = run.report();
      if (report.hasMetPassingFailure(at)) {
        return Optional.empty();
      }
      Optional<Instant> failure = report.failure(at, run.startedAt());
      if (failure.isPresent()) {
        return failure.filter(same -> report.linesAt(at).equals(lines));
      }
      if (report.hasMended(at) || report.hasSeenNothing(at)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
