package io.peerway.plan.report;

import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Repair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A repair that is not tried again for now, because it has failed of something that only a person
 * can mend, and would have to mend just the same.
 *
 * @param at as in {@link Finding}
 * @param failed the run that tried, by its time
 */
public record HeldBack(String at, String failed, String what) {

  static HeldBack of(Repair repair, Instant failed) {
    return new HeldBack(
        repair.at(),
        failed.truncatedTo(ChronoUnit.SECONDS).toString(),
        "its repair failed in that run; the daily run tries again, "
            + switch (repair.kind()) {
              case CONNECT, DISCONNECT -> "a run with \"only\" at once";
              case LEAVE -> "a run with all accounts at once";
              case REQUEST -> "onboard-account for " + repair.accountId() + " at once";
            });
  }

  Instant failedAt() {
    return Instant.parse(failed);
  }
}
