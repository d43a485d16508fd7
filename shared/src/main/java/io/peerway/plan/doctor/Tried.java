package io.peerway.plan.doctor;

import java.util.Objects;

/**
 * A try to reach the address from a VPN instance.
 *
 * @param outcome what it came to
 * @param words the kernel's own
 */
public record Tried(Outcome outcome, String words) {

  public Tried {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(words, "words");
  }

  /** What a try can come to. */
  public enum Outcome {
    REACHED,
    /** The address answered, and has nothing at that port. */
    REFUSED,
    TIMED_OUT,
    NO_ROUTE,
    /** It was not tried: UDP need not answer, something is missing, or others try. */
    NOT_TRIED
  }

  /** Whether packets went there and back. */
  boolean isAnswered() {
    return outcome == Outcome.REACHED || outcome == Outcome.REFUSED;
  }
}
