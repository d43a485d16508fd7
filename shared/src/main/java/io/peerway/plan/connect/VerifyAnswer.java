package io.peerway.plan.connect;

import io.peerway.plan.notices.Notice;
import org.jspecify.annotations.Nullable;

/**
 * What is told, and what the workflow branches on.
 *
 * @param slips what people have not heard of slips in the groups' tags
 */
public record VerifyAnswer(Outcome outcome, Notice notice, @Nullable Notice slips) {

  /** What the workflow branches on. */
  public enum Outcome {
    CONNECTED,
    /** VPN clients do not get through. */
    OBSTRUCTED,
    /** The same, of which people have heard or are told by {@code reconcile}. */
    STILL_OBSTRUCTED
  }

  static VerifyAnswer of(Outcome outcome, Notice notice) {
    return new VerifyAnswer(outcome, notice, null);
  }

  VerifyAnswer with(@Nullable Notice news) {
    return new VerifyAnswer(outcome, notice, news);
  }
}
