package io.peerway.plan.doctor;

import io.peerway.model.error.PeerwayException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What came of one read. One that is refused, or fails for whatever reason, leaves its station
 * unknown and nothing else.
 */
public sealed interface Attempt<T> {

  /** It was read. */
  record Seen<T>(T value) implements Attempt<T> {}

  /** It could not be read, for this reason. */
  record Unread<T>(String why) implements Attempt<T> {}

  /** Reads. */
  static <T> Attempt<T> of(Supplier<T> read) {
    try {
      return new Seen<>(read.get());
    } catch (PeerwayException e) {
      return new Unread<>(String.valueOf(e.getMessage()));
    }
  }

  /** What was read; empty where it could not be. */
  default Optional<T> seen() {
    return this instanceof Seen<T>(T value) ? Optional.of(value) : Optional.empty();
  }
}
