package io.peerway.plan.seen;

import io.peerway.model.Start;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.ReportLine;
import io.peerway.plan.report.Seen;
import io.peerway.plan.report.Standing;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run of reconcile, as a test wants it to have ended. */
final class Runs {
  static final Instant READ = Instant.parse("2026-11-29T12:00:00Z");

  private final List<ReportLine> changes = new ArrayList<>();
  private final List<ReportLine> unknown = new ArrayList<>();
  private final List<ReportLine> leftAlone = new ArrayList<>();
  private final List<Start> todo = new ArrayList<>();
  private final List<Standing> standings = new ArrayList<>();

  Runs changed(String line) {
    changes.add(ReportLine.read(line));
    return this;
  }

  Runs unread(String line) {
    unknown.add(ReportLine.read(line));
    return this;
  }

  Runs left(String line) {
    leftAlone.add(ReportLine.read(line));
    return this;
  }

  Runs ends(PeeringId id) {
    todo.add(new Start.Disconnect(Samples.SERVICE_ACCOUNT, id, "its tag is off"));
    return this;
  }

  Runs stands(Standing standing) {
    standings.add(standing);
    return this;
  }

  PastReport report() {
    return new PastReport(
        "plan",
        "all",
        "0 of 1",
        changes,
        unknown,
        leftAlone,
        todo,
        List.of(),
        List.of(),
        new Seen(READ.toString(), Samples.HUB_CIDRS, 10, List.of(), List.of(), standings, null));
  }

  LastRun ended() {
    return new LastRun("run-1", READ, report());
  }
}
