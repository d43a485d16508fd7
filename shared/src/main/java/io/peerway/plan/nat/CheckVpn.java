package io.peerway.plan.nat;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
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
 * @param tracking and of the connections that are tracked
 */
public record CheckVpn(
    Aws aws,
    VpnAnswers nat,
    Function<String, Optional<SetInForce>> reading,
    Function<String, Optional<Surroundings>> surroundings,
    Function<String, Optional<Tracking>> tracking) {

  // For one that runs and is slow.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How far it is. */
  public VpnAnswers now() {
    NatSet wanted = Objects.requireNonNull(nat.wanted(), "nat.wanted");
    String commandId = Objects.requireNonNull(nat.commandId(), "nat.commandId");
    List<InstanceId> running = Objects.requireNonNull(nat.instances(), "nat.instances");
    SentCommand command = aws.vpn().answers(commandId, new AllConnections());
    Duration since = Duration.ofMillis(aws.clock().millis() - wanted.generation());
    return NatDrift.isComplete(command, running) || since.compareTo(PATIENCE) > 0
        ? VpnAnswers.done(
            findings(wanted, command, running),
            NatDrift.isClear(command, running, surroundings),
            counts(command, running))
        : nat;
  }

  private List<VpnCount> counts(SentCommand command, List<InstanceId> running) {
    return command.answers().stream()
        .filter(answer -> NatProgress.isOf(running, answer))
        .filter(answer -> answer.status().equals("Success"))
        .map(
            answer ->
                VpnCount.of(
                    new InstanceId(answer.instance()),
                    tracking.apply(answer.output()).orElse(new Tracking(null, null, null))))
        .toList();
  }

  private List<Finding> findings(NatSet wanted, SentCommand command, List<InstanceId> running) {
    List<Finding> findings = new ArrayList<>(NatDrift.of(wanted, command, running, reading));
    findings.addAll(NatDrift.silent(running, command));
    findings.addAll(NatDrift.surroundings(command, running, surroundings));
    return findings;
  }
}
