package io.peerway.plan;

import java.util.Optional;

/**
 * How long to wait for the role of a new account's stack: soon at first, then every quarter of an
 * hour, for about a day.
 */
public final class RoleWait {
  private static final int FIRST = 30;
  private static final int LONGEST = 900;
  private static final int ATTEMPTS = 100;

  private RoleWait() {}

  /**
   * Seconds until the next look, or empty where it is time to give up: 100 looks cost 300 state
   * transitions, less than one cent.
   *
   * @param attempt looks so far
   */
  public static Optional<Integer> seconds(int attempt) {
    return attempt >= ATTEMPTS
        ? Optional.empty()
        : Optional.of(Math.min(LONGEST, FIRST << Math.min(attempt, 5)));
  }
}
