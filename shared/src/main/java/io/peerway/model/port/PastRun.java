package io.peerway.model.port;

import java.time.Instant;

/**
 * An execution that has ended well.
 *
 * @param startedAt when it began
 * @param output what it answered, as JSON
 * @param name the execution's
 */
public record PastRun(Instant startedAt, String output, String name) {

  /** Where its name does not matter. */
  public PastRun(Instant startedAt, String output) {
    this(startedAt, output, "");
  }
}
