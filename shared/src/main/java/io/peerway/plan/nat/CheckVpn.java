package io.peerway.plan.nat;

import io.peerway.model.NatCommand;
import io.peerway.model.NatSet;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.Aws;
import io.peerway.plan.findings.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what the VPN instances have in force. Who does not answer in time is unknown.
 *
 * @param nat what they were asked
 * @param reading reads the document's answer out of its output
 * @param surroundings and what it says of others
 */
public record CheckVpn(
    Aws aws,
    NatQuestion nat,
    Function<String, Optional<NatReading>> reading,
    Function<String, Optional<NatSurroundings>> surroundings) {

  // For one that runs and is slow.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How far it is. */
  public NatQuestion now() {
    NatSet wanted = Objects.requireNonNull(nat.wanted(), "nat.wanted");
    String commandId = Objects.requireNonNull(nat.commandId(), "nat.commandId");
    List<InstanceId> running = Objects.requireNonNull(nat.instances(), "nat.instances");
    NatCommand command = aws.vpn().answers(commandId, new AllConnections());
    Duration since = Duration.ofMillis(aws.clock().millis() - wanted.generation());
    return NatCheck.isComplete(command, running) || since.compareTo(PATIENCE) > 0
        ? NatQuestion.done(
            findings(wanted, command, running), NatCheck.isClear(command, running, surroundings))
        : nat;
  }

  private List<Finding> findings(NatSet wanted, NatCommand command, List<InstanceId> running) {
    List<Finding> findings = new ArrayList<>(NatCheck.of(wanted, command, running, reading));
    findings.addAll(NatCheck.silent(running, command));
    findings.addAll(NatCheck.surroundings(command, running, surroundings));
    return findings;
  }
}
