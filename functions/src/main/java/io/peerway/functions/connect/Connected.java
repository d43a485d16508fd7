package io.peerway.functions.connect;

import io.peerway.functions.Count;
import io.peerway.plan.connect.AdmitAnswer;
import java.time.Instant;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** What is counted once a connection has been read back. */
final class Connected {
  private Connected() {}

  // Of a request that waited for a person, or for room, most of the time is that.
  static void count(VerifyHandler.Request request, Instant now) {
    if (request.admitted() == AdmitAnswer.Outcome.ADMITTED
        && request.asked() != null
        && request.asked() > 0) {
      double seconds = (now.toEpochMilli() - request.asked()) / 1000.0;
      Count.value("SecondsToConnect", MetricUnit.SECONDS, Math.max(0, seconds));
    }
    if (request.input() != null && Boolean.TRUE.equals(request.input().repairs())) {
      Count.one("DriftRepaired");
    }
  }
}
