package io.peerway.plan.doctor;

import io.peerway.model.value.Port;
import org.jspecify.annotations.Nullable;

/**
 * A question on its way: what is still to be answered, or the answer.
 *
 * @param to what was asked for, as people read it
 * @param underway null once it is answered
 */
public record Begun(
    Outcome outcome,
    @Nullable String to,
    @Nullable Port port,
    @Nullable Underway underway,
    @Nullable Answer answer) {

  /** How far it is. */
  public enum Outcome {
    /** The VPN instances have still to answer. */
    PENDING,
    ANSWERED
  }

  static Begun answered(Answer answer) {
    return new Begun(Outcome.ANSWERED, null, null, null, answer);
  }
}
