package io.peerway.model;

import java.util.List;

/**
 * The Run Command that carries a NAT set to the VPN instances, and what each of them answered so
 * far.
 */
public record SentCommand(String commandId, List<Answer> answers) {

  /**
   * One VPN instance's answer.
   *
   * @param status as Systems Manager names it ({@code Pending}, {@code InProgress}, {@code
   *     Success}, {@code Failed}, …)
   * @param output what the document printed, its last line one JSON object
   */
  public record Answer(String instance, String status, String output) {}
}
