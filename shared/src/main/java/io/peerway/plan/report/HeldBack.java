package io.peerway.plan.report;

import io.peerway.model.Start;
import io.peerway.model.value.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A repair that is not tried again for now, because it has failed of something that only a person
 * can mend, and would have to mend just the same.
 *
 * @param failed the run that tried, by its time
 */
public record HeldBack(Place at, String failed, String what) {
  private static final String ONE = "a run with \"only\" at once";

  static HeldBack of(Start repair, Instant failed) {
    return new HeldBack(
        repair.at(),
        failed.truncatedTo(ChronoUnit.SECONDS).toString(),
        "its repair failed in that run; the daily run tries again, "
            + switch (repair) {
              case Start.Connect connect -> ONE;
              case Start.Restore restore -> ONE;
              case Start.Disconnect disconnect -> ONE;
              case Start.Leave leave -> "a run with all accounts at once";
              case Start.Request request -> "look-at-account for " + request.account() + " at once";
            });
  }

  Instant failedAt() {
    return Instant.parse(failed);
  }
}
