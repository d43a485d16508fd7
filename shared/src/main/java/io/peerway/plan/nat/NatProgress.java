package io.peerway.plan.nat;

import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How far a NAT set has come on the VPN instances. */
public sealed interface NatProgress {
  /** Not every instance that counts has ended. */
  record Pending() implements NatProgress {}

  /** Every instance that counts translates what it should. */
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
   * Judges the answers to one command. Run Command asks every instance with the tag, one that is
   * stopped or lies outside the hub VPC as well; it answers for a stopped one itself, after minutes
   * (Systems Manager User Guide, "Understanding command statuses": Delayed, Delivery Timed Out).
   * Where not everybody has answered well, only those count that run in the hub VPC: the others
   * translate nothing for it, and a stopped one is sent the set of then when it runs again. Where
   * none runs, nothing has to be cut either: a connection can end, but none can begin.
   *
   * @param parse reads the document's answer out of its output; empty where there is none
   * @param running the VPN instances that run in the hub VPC; asked for only where it matters
   */
  static NatProgress of(
      SentCommand command,
      Asked asked,
      Function<String, Optional<AppliedSet>> parse,
      Supplier<Set<InstanceId>> running) {
    List<Answer> all = command.answers();
    // Right after sending Systems Manager lists no invocation yet.
    if (all.stream().allMatch(NatProgress::isUnderway)) {
      return new Pending();
    }
    return switch (judged(all, asked, parse)) {
      case Applied applied -> applied;
      case SendAgain again -> again;
      case Pending pending -> ofThose(running.get(), all, asked, parse);
      case Failed failed -> ofThose(running.get(), all, asked, parse);
    };
  }

  private static NatProgress ofThose(
      Set<InstanceId> running,
      List<Answer> all,
      Asked asked,
      Function<String, Optional<AppliedSet>> parse) {
    List<Answer> counted = all.stream().filter(answer -> isOf(running, answer)).toList();
    if (!counted.isEmpty()) {
      return judged(counted, asked, parse);
    }
    if (running.isEmpty() && asked.serviceCidrs().isEmpty()) {
      return new Applied(List.of());
    }
    // One of them may be starting right now.
    return all.stream().anyMatch(NatProgress::isUnderway)
        ? new Pending()
        : new Failed(
            all.stream().map(Answer::instance).sorted().collect(Collectors.joining(", "))
                + ": none of those that were asked runs in the hub VPC");
  }

  /** Whether it is still to end. */
  static boolean isUnderway(Answer answer) {
    return !answer.hasEnded();
  }

  /** Whether it is the answer of one of these. */
  static boolean isOf(Collection<InstanceId> instances, Answer answer) {
    return instances.stream().anyMatch(id -> id.value().equals(answer.instance()));
  }

  private static NatProgress judged(
      List<Answer> answers, Asked asked, Function<String, Optional<AppliedSet>> parse) {
    if (answers.stream().anyMatch(NatProgress::isUnderway)) {
      return new Pending();
    }
    boolean unknown = false;
    for (Answer answer : answers) {
      Optional<AppliedSet> said = parse.apply(answer.output());
      if (!answer.status().equals("Success") || said.isEmpty()) {
        return new Failed(
            answer.instance() + " ended as " + answer.status() + ": " + InstanceFailure.of(answer));
      }
      AppliedSet report = said.get();
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
}
