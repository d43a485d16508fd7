package io.peerway.plan.nat;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.network.Obstacle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the VPN instances have in force and should not have, or lack. */
public final class NatDrift {
  private static final Place ALL = new Place.OnAnyVpn();

  private NatDrift() {}

  /** That of all of them nothing can be said, for this reason. */
  public static Finding unknown(String why) {
    return Finding.unknown(ALL, why);
  }

  /**
   * Whether all that run have answered what they were asked. Run Command asks a stopped instance
   * too, and answers for it only minutes later.
   */
  public static boolean isComplete(SentCommand command, Collection<InstanceId> running) {
    List<Answer> counted = ofThose(running, command);
    return running.isEmpty()
        ? !command.answers().isEmpty()
        : !counted.isEmpty() && counted.stream().noneMatch(NatProgress::isUnderway);
  }

  /**
   * Judges what has been answered by now; who runs and has not answered is unknown. One that does
   * not run is left out: what it restores when it runs again is looked at then.
   *
   * @param running the VPN instances that run in the hub VPC
   * @param parse reads the document's answer out of its output; empty where there is none
   */
  public static List<Finding> of(
      NatSet wanted,
      SentCommand command,
      Collection<InstanceId> running,
      Function<String, Optional<SetInForce>> parse) {
    if (running.isEmpty()) {
      return List.of(unknown("none of them runs"));
    }
    if (command.answers().isEmpty()) {
      return List.of(unknown("none has answered"));
    }
    List<Finding> findings = new ArrayList<>();
    for (Answer answer : ofThose(running, command)) {
      Place at = new Place.OnVpn(new InstanceId(answer.instance()));
      Optional<SetInForce> said = parse.apply(answer.output());
      if (!answer.status().equals("Success") || said.isEmpty()) {
        findings.add(
            Finding.unknown(
                at, "answered as " + answer.status() + ": " + InstanceFailure.of(answer)));
      } else {
        drift(wanted, said.get()).forEach(what -> findings.add(Finding.drift(at, what)));
      }
    }
    return findings;
  }

  /**
   * What of others on those that run keeps clients from services. It is listed and left alone, and
   * holds up nothing.
   */
  public static List<Finding> surroundings(
      SentCommand command,
      Collection<InstanceId> running,
      Function<String, Optional<Surroundings>> parse) {
    List<Finding> findings = new ArrayList<>();
    for (Answer answer : ofThose(running, command)) {
      Surroundings seen = parse.apply(answer.output()).orElse(Surroundings.NONE);
      InstanceId instance = new InstanceId(answer.instance());
      for (ForeignChain chain :
          Objects.requireNonNullElse(seen.obstacles(), List.<ForeignChain>of())) {
        findings.add(Finding.of(new Place.OnVpn(instance), Obstacle.seen(chain.toString())));
      }
      if (!seen.notPushed().isEmpty()) {
        findings.add(Finding.of(new Place.OpenVpn(instance), Obstacle.seen(seen.notPushed())));
      }
    }
    return findings;
  }

  /** Whether everybody has answered, and nobody has a chain of others in the way. */
  public static boolean isClear(
      SentCommand command,
      Collection<InstanceId> running,
      Function<String, Optional<Surroundings>> parse) {
    List<Answer> answers = ofThose(running, command);
    return !answers.isEmpty()
        && answers.size() == running.size()
        && answers.stream()
            .allMatch(
                answer ->
                    answer.status().equals("Success")
                        && parse
                            .apply(answer.output())
                            .map(Surroundings::obstacles)
                            .filter(List::isEmpty)
                            .isPresent());
  }

  /**
   * Whether none has anything in force that it should not have, so that to send the set takes
   * nothing away.
   */
  public static boolean onlyLacks(
      NatSet wanted,
      SentCommand command,
      Collection<InstanceId> running,
      Function<String, Optional<SetInForce>> parse) {
    return ofThose(running, command).stream()
        .map(answer -> parse.apply(answer.output()))
        .flatMap(Optional::stream)
        .allMatch(found -> isWithin(wanted, found));
  }

  private static boolean isWithin(NatSet wanted, SetInForce found) {
    boolean services =
        found.servicesDigest().equals(wanted.servicesDigest())
            || (found.services() != null && wanted.services().containsAll(found.services()));
    // Where rules of the table are others than ours, somebody has written them.
    return services
        && wanted.clients().containsAll(found.clients())
        && (found.rules() || isGone(found));
  }

  private static List<Answer> ofThose(Collection<InstanceId> running, SentCommand command) {
    return command.answers().stream().filter(answer -> NatProgress.isOf(running, answer)).toList();
  }

  /**
   * Instances that run and that the command did not reach. Run Command passes over one that its
   * agent has not registered; whatever goes through it is not translated.
   */
  public static List<Finding> silent(Collection<InstanceId> running, SentCommand command) {
    if (command.answers().isEmpty()) {
      return List.of(); // told already, of all of them
    }
    Set<String> reached =
        command.answers().stream().map(Answer::instance).collect(Collectors.toSet());
    return running.stream()
        .filter(id -> !reached.contains(id.value()))
        .map(
            id ->
                Finding.unknown(
                    new Place.OnVpn(id),
                    "runs, and Systems Manager does not know it: look at its SSM agent and its instance profile"))
        .toList();
  }

  private static List<String> drift(NatSet wanted, SetInForce found) {
    // Somebody was sent a newer set since ours was worked out: whoever sent it looks after it.
    if (found.generation() > wanted.generation()) {
      return List.of();
    }
    List<String> drift = new ArrayList<>();
    if (isGone(found) && !wanted.services().isEmpty()) {
      return List.of("translate " + wanted.clients() + " to " + wanted.services() + " (again)");
    }
    if (!found.servicesDigest().equals(wanted.servicesDigest())) {
      drift.add(difference(wanted.services(), found.services()));
    }
    if (!Set.copyOf(found.clients()).equals(Set.copyOf(wanted.clients()))) {
      drift.add("translate for clients " + wanted.clients() + ", not " + found.clients());
    }
    if (!found.rules() && drift.isEmpty()) {
      drift.add("restore the table that translates, which is not as it was written");
    }
    if (!found.saved() && drift.isEmpty()) {
      drift.add("save the set for the next boot");
    }
    if (!found.forward()) {
      drift.add("switch net.ipv4.ip_forward on");
    }
    if (found.boot().equals("missing")) {
      drift.add("install the unit that restores the set at boot");
    }
    return drift;
  }

  // A flushed ruleset, or an instance that was never set: one line for all that is missing.
  private static boolean isGone(SetInForce found) {
    return !found.rules() && found.clients().isEmpty() && List.of().equals(found.services());
  }

  private static String difference(
      List<Cidr> wanted, @org.jspecify.annotations.Nullable List<Cidr> found) {
    if (found == null) {
      return "translate other networks than now (too many to be listed)";
    }
    List<Cidr> missing = wanted.stream().filter(cidr -> !found.contains(cidr)).toList();
    List<Cidr> extra = found.stream().filter(cidr -> !wanted.contains(cidr)).toList();
    return extra.isEmpty()
        ? "translate to " + missing
        : "translate to " + missing + ", no longer to " + extra;
  }
}
