package io.peerway.model.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What earlier executions of {@code reconcile} found; AWS keeps them for 90 days. */
public interface PastRuns {
  /** The latest executions that ended well, the newest first. */
  List<PastRun> latest(int atMost);

  /**
   * An execution, over or not.
   *
   * @param status as Step Functions has it, such as {@code RUNNING}
   * @param output what it answered, as JSON; empty where it has not
   * @param error what it failed of; empty where it has not
   * @param cause the same in words
   */
  record Run(
      String name, String status, Instant startedAt, String output, String error, String cause) {}

  /** The execution of this name; empty where there is none (any more). */
  Optional<Run> named(String name);
}
