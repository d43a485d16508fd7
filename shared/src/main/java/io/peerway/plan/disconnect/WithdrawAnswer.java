package io.peerway.plan.disconnect;

import io.peerway.model.Connection;
import io.peerway.model.freeze.Freezes;
import io.peerway.plan.freeze.Freeze;
import io.peerway.plan.notices.Notice;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a connection that may have to end.
 *
 * @param reason in words
 * @param connection with nothing to reach at either end; none where nothing is to be done
 * @param repeated whether it had no claim before: another run has taken it away, or is about to
 * @param notice what people are told of an end that waits
 * @param freezes what is handed on to an execution that goes on with the same connection
 * @param freeze what is to be said of a freeze that it goes through; empty where there is none
 */
public record WithdrawAnswer(
    Outcome outcome,
    String reason,
    @Nullable Connection connection,
    boolean repeated,
    @Nullable Notice notice,
    Freezes freezes,
    String freeze) {

  /** What the workflow branches on. */
  public enum Outcome {
    WITHDRAWN,
    NOTHING_TO_DO,
    /** It waits for the end of a freeze, of which people are told. */
    FROZEN,
    /** As people were told. */
    STILL_FROZEN,
    /** The reason went away before anything, or while the claim, was taken off. */
    WANTED_AGAIN
  }

  static WithdrawAnswer withdrawn(String reason, Connection connection, boolean repeated) {
    return new WithdrawAnswer(
        Outcome.WITHDRAWN, reason, connection, repeated, null, Freezes.HEED, "");
  }

  static WithdrawAnswer nothing(String reason) {
    return of(Outcome.NOTHING_TO_DO, reason, null);
  }

  static WithdrawAnswer wantedAgain(String reason) {
    return of(Outcome.WANTED_AGAIN, reason, null);
  }

  static WithdrawAnswer frozen(String reason, Notice notice) {
    return of(Outcome.FROZEN, reason, notice);
  }

  static WithdrawAnswer stillFrozen(String reason) {
    return of(Outcome.STILL_FROZEN, reason, null);
  }

  private static WithdrawAnswer of(Outcome outcome, String reason, @Nullable Notice notice) {
    return new WithdrawAnswer(outcome, reason, null, false, notice, Freezes.HEED, "");
  }

  /** The same in a freeze, or in none. */
  WithdrawAnswer in(Freeze freeze) {
    return new WithdrawAnswer(
        outcome, reason, connection, repeated, notice, freeze.freezes(), freeze.words());
  }
}
