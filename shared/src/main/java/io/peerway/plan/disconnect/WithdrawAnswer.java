package io.peerway.plan.disconnect;

import io.peerway.model.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a connection that may have to end.
 *
 * @param reason in words
 * @param connection with nothing to reach at either end; none where nothing is to be done
 * @param repeated whether it had no claim before: another run has taken it away, or is about to
 */
public record WithdrawAnswer(
    Outcome outcome, String reason, @Nullable Connection connection, boolean repeated) {

  /** What the workflow branches on. */
  public enum Outcome {
    WITHDRAWN,
    NOTHING_TO_DO,
    /** The reason went away before anything, or while the claim, was taken off. */
    WANTED_AGAIN
  }

  static WithdrawAnswer withdrawn(String reason, Connection connection, boolean repeated) {
    return new WithdrawAnswer(Outcome.WITHDRAWN, reason, connection, repeated);
  }

  static WithdrawAnswer nothing(String reason) {
    return new WithdrawAnswer(Outcome.NOTHING_TO_DO, reason, null, false);
  }

  static WithdrawAnswer wantedAgain(String reason) {
    return new WithdrawAnswer(Outcome.WANTED_AGAIN, reason, null, false);
  }
}
