package io.peerway.plan.reconcile;

import io.peerway.model.Todo;
import io.peerway.model.freeze.Freezes;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.report.DriftReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow goes on with.
 *
 * @param nat {@code APPLY} where the VPN instances have to be sent their set
 * @param todo what is done now
 * @param attempt {@code FIRST}: what cannot be begun is tried again when all others are done
 * @param freezes what is handed on to the executions that repair
 * @param next where accounts have to be checked again: from what. The report comes after that
 */
public record ReportAnswer(
    DriftReport report,
    String nat,
    List<Todo> todo,
    String attempt,
    Freezes freezes,
    @Nullable Notice notice,
    @Nullable ReconcileStart next) {
  private static final String FIRST = "FIRST";

  static ReportAnswer whole(
      DriftReport report,
      List<Todo> todo,
      boolean setsVpn,
      Freezes freezes,
      @Nullable Notice notice) {
    return new ReportAnswer(report, nat(setsVpn), todo, FIRST, freezes, notice, null);
  }

  static ReportAnswer soFar(
      DriftReport report, List<Todo> todo, boolean setsVpn, Freezes freezes, ReconcileStart next) {
    return new ReportAnswer(report, nat(setsVpn), todo, FIRST, freezes, null, next);
  }

  private static String nat(boolean setsVpn) {
    return setsVpn ? "APPLY" : "FINE";
  }
}
