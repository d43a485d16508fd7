package io.peerway.plan;

import io.peerway.model.Cidr;
import io.peerway.model.NatCommand;
import io.peerway.model.NatCommand.Answer;
import io.peerway.model.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How far a NAT set has come on the VPN instances. */
public sealed interface NatProgress {
  // Statuses of a command invocation that is still to end (Systems Manager API reference,
  // "CommandInvocation").
  Set<String> UNDERWAY = Set.of("Pending", "InProgress", "Delayed", "Cancelling");

  /** Not every instance has ended. */
  record Pending() implements NatProgress {}

  /** Every instance translates what it should. */
  record Applied(List<String> instances) implements NatProgress {}

  /** An instance did not get there. */
  record Failed(String reason) implements NatProgress {}

  /**
   * Judges the answers to one command.
   *
   * @param parse reads the document's answer out of its output; empty where there is none
   */
  static NatProgress of(
      NatCommand command,
      List<Cidr> clientPool,
      List<Cidr> serviceCidrs,
      Function<String, Optional<NatReport>> parse) {
    List<Answer> answers = command.answers();
    // Right after sending Systems Manager lists no invocation yet.
    if (answers.isEmpty()
        || answers.stream().anyMatch(answer -> UNDERWAY.contains(answer.status()))) {
      return new Pending();
    }
    for (Answer answer : answers) {
      Optional<NatReport> report = parse.apply(answer.output());
      if (!answer.status().equals("Success") || report.isEmpty()) {
        return new Failed(
            answer.instance()
                + " ended as "
                + answer.status()
                + ": "
                + Printable.shortened(lastLine(answer.output())));
      }
      if (!report.get().covers(clientPool, serviceCidrs)) {
        return new Failed(
            answer.instance()
                + " translates "
                + report.get().clients()
                + " to "
                + report.get().services()
                + ", which does not cover "
                + clientPool
                + " to "
                + serviceCidrs);
      }
    }
    return new Applied(answers.stream().map(Answer::instance).sorted().toList());
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((earlier, later) -> later).orElse("no output");
  }
}
