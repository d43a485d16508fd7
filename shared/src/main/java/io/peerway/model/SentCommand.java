package io.peerway.model;

import java.util.List;
import java.util.Set;

/** What was sent to the VPN instances by Run Command, and what each of them answered so far. */
public record SentCommand(String commandId, List<Answer> answers) {
  // Statuses of a command invocation that is still to end (Systems Manager API reference,
  // "CommandInvocation").
  private static final Set<String> UNDERWAY =
      Set.of("Pending", "InProgress", "Delayed", "Cancelling");

  /**
   * One VPN instance's answer.
   *
   * @param status as Systems Manager names it ({@code Pending}, {@code InProgress}, {@code
   *     Success}, {@code Failed}, …)
   * @param output what the document printed, its last line one JSON object
   */
  public record Answer(String instance, String status, String output) {
    /** Whether nothing more will come of it. */
    public boolean hasEnded() {
      return !UNDERWAY.contains(status);
    }
  }
}
