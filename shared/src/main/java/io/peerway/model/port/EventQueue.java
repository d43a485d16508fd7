package io.peerway.model.port;

import io.peerway.model.value.Subject;
import java.time.Duration;

/** The queue that a function's events come from. */
public interface EventQueue {
  /**
   * Puts a message back. It comes again, maybe more than once.
   *
   * @param onBehalfOf what the message is about
   * @param after when, in whole seconds, at most a quarter of an hour
   */
  void putBack(Subject onBehalfOf, String message, Duration after);

  /** Puts what nobody can read aside, for people, with the reason. */
  void putAside(String message, String reason);
}
