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

  /**
   * An instance keeps a newer set, too long to be listed: whether it has ours can be told only by
   * sending the set of now.
   */
  record SendAgain() implements NatProgress {}

  /** An instance did not get there. */
  record Failed(String reason) implements NatProgress {}

  /**
   * What was asked of the instances.
   *
   * @param digest of the whole set that was sent
   * @param clientPool and {@code serviceCidrs}: the connection's own part of it
   */
  record Asked(String digest, List<Cidr> clientPool, List<Cidr> serviceCidrs) {}

  /**
   * Judges the answers to one command.
   *
   * @param parse reads the document's answer out of its output; empty where there is none
   */
  static NatProgress of(
      NatCommand command, Asked asked, Function<String, Optional<NatReport>> parse) {
    List<Answer> answers = command.answers();
    // Right after sending Systems Manager lists no invocation yet.
    if (answers.isEmpty()
        || answers.stream().anyMatch(answer -> UNDERWAY.contains(answer.status()))) {
      return new Pending();
    }
    boolean unknown = false;
    for (Answer answer : answers) {
      Optional<NatReport> said = parse.apply(answer.output());
      if (!answer.status().equals("Success") || said.isEmpty()) {
        return new Failed(
            answer.instance()
                + " ended as "
                + answer.status()
                + ": "
                + Printable.shortened(lastLine(answer.output())));
      }
      NatReport report = said.get();
      if (report.isExactly(asked.digest(), asked.clientPool())
          || report.covers(asked.clientPool(), asked.serviceCidrs())) {
        continue;
      }
      if (report.services() != null) {
        return new Failed(
            answer.instance()
                + " translates "
                + report.clients()
                + " to "
                + report.services()
                + ", which does not cover "
                + asked.clientPool()
                + " to "
                + asked.serviceCidrs());
      }
      unknown = true;
    }
    return unknown
        ? new SendAgain()
        : new Applied(answers.stream().map(Answer::instance).sorted().toList());
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((earlier, later) -> later).orElse("no output");
  }
}
