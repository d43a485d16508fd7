package io.peerway.plan.seen;

import io.peerway.plan.report.Looked;
import io.peerway.plan.report.PastReport;
import java.time.Instant;

/**
 * The last run of {@code reconcile} that ended well.
 *
 * @param name of its execution
 */
public record LastRun(String name, Instant startedAt, PastReport report) {

  /** What is known once it is over. */
  public Looked looked() {
    return Looked.of(report);
  }
}
