package io.peerway.plan;

import io.peerway.model.Cidr;
import io.peerway.model.NatCommand;
import io.peerway.model.NatCommand.Answer;
import io.peerway.model.NatSet;
import io.peerway.model.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the VPN instances have in force and should not have, or lack. */
public final class NatCheck {
  /** Stands for all VPN instances in a line. */
  public static final String ALL = "VPN instances";

  private NatCheck() {}

  /** Whether all have answered what they were asked. */
  public static boolean isComplete(NatCommand command) {
    return !command.answers().isEmpty()
        && command.answers().stream()
            .noneMatch(answer -> NatProgress.UNDERWAY.contains(answer.status()));
  }

  /**
   * Judges what has been answered by now; who has not answered is unknown.
   *
   * @param parse reads the document's answer out of its output; empty where there is none
   */
  public static List<Finding> of(
      NatSet wanted, NatCommand command, Function<String, Optional<NatReading>> parse) {
    if (command.answers().isEmpty()) {
      return List.of(Finding.unknown(ALL, "none has answered command " + command.commandId()));
    }
    List<Finding> findings = new ArrayList<>();
    for (Answer answer : command.answers()) {
      String at = "VPN instance " + answer.instance();
      Optional<NatReading> said = parse.apply(answer.output());
      if (!answer.status().equals("Success") || said.isEmpty()) {
        String output = answer.output().strip().lines().reduce((a, b) -> b).orElse("no output");
        findings.add(
            Finding.unknown(
                at, "answered as " + answer.status() + ": " + Printable.shortened(output)));
      } else {
        drift(wanted, said.get()).forEach(what -> findings.add(Finding.drift(at, what)));
      }
    }
    return findings;
  }

  private static List<String> drift(NatSet wanted, NatReading found) {
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
      drift.add("restore the rules that translate");
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
  private static boolean isGone(NatReading found) {
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
