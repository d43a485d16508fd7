package io.peerway.plan.connect;

import io.peerway.model.Mending;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.plan.connect.AdmitAnswer.Outcome;
import io.peerway.plan.notices.Restorations;
import io.peerway.plan.notices.RestoredNotice;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What others remove again and again is not restored every time. */
record RepeatedRemovals(
    HubNetwork hub, Peering peering, VpcSide service, String execution, Instant now) {

  /**
   * The answer, where this restoration is one too many another one.
   *
   * @param mends what somebody has taken away; null where the run has another reason
   */
  AdmitAnswer counted(@Nullable Mending mends, AdmitAnswer answer) {
    if (mends == null || mends.tags() || answer.outcome() != Outcome.STILL_ADMITTED) {
      return answer;
    }
    Restorations before = Restorations.of(peering, now);
    Restorations after = before.and(execution, now);
    if (!after.equals(before)) {
      hub.ensureTagged(peering.id(), Map.of(Tags.RESTORED, after.tagValue()));
    }
    if (!after.isLeftToTheHourlyRun()) {
      return answer;
    }
    return after.isToldBy(execution)
        ? AdmitAnswer.told(
            Outcome.LEFT_TO_RECONCILE,
            RestoredNotice.removedAgainAndAgain(peering.id(), service, mends))
        : AdmitAnswer.nothing(
            peering.id() + " is taken apart again and again: the hourly run restores it");
  }
}
