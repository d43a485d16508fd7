package io.peerway.plan.nat;

import io.peerway.model.SentCommand;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NatCommandFailed;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the VPN instances' answers. A failed command fails the execution here; because a redrive
 * begins at this step with the same input, the first look after a redrive sends the set anew.
 *
 * @param services CIDRs that have to be translated afterwards
 * @param nat what was sent
 * @param redrive how often the execution was redriven by now
 * @param documents how the document's answers are read
 */
public record NatWait(
    Aws aws, Subject subject, List<Cidr> services, SentSet nat, int redrive, Documents documents) {
  // Run Command lists its invocations within seconds; none after this long means that no instance
  // took part.
  private static final Duration NOBODY_ANSWERS = Duration.ofMinutes(2);

  /** Reads what the document on a VPN instance has printed; empty where there is none of it. */
  public record Documents(
      Function<String, Optional<AppliedSet>> report,
      Function<String, Optional<Surroundings>> surroundings) {}

  /** How far it is. */
  public SentSet now() {
    SentCommand command = aws.vpn().answers(nat.commandId(), subject);
    NatProgress progress =
        NatProgress.of(
            command,
            new NatProgress.Asked(nat.digest(), aws.settings().clientPool(), services),
            documents.report(),
            this::running);
    return switch (progress) {
      case NatProgress.Applied(List<String> instances) ->
          nat.appliedOn(
              instances, VpnSight.of(command, instances, services, documents.surroundings()));
      case NatProgress.SendAgain() -> sentAgain();
      case NatProgress.Failed(String reason) -> failed(reason);
      case NatProgress.Pending() -> pending(command);
    };
  }

  private Set<InstanceId> running() {
    return VpnInstance.running(aws.hub(subject).vpnInstances(aws.settings().hubVpc()));
  }

  private SentSet sentAgain() {
    return new NatSender(aws).send(subject, services, redrive);
  }

  private SentSet failed(String reason) {
    if (redrive > nat.redrive()) {
      return sentAgain();
    }
    throw new NatCommandFailed(
        subject
            + ": command "
            + nat.commandId()
            + ": VPN instance "
            + reason
            + ". Mend the instance, then redrive: the set is sent again.");
  }

  private SentSet pending(SentCommand command) {
    Duration since = Duration.ofMillis(aws.clock().millis() - nat.generation());
    if (!command.answers().isEmpty() || since.compareTo(NOBODY_ANSWERS) < 0) {
      return nat;
    }
    if (redrive > nat.redrive()) {
      return sentAgain();
    }
    if (services.isEmpty() && running().isEmpty()) {
      return nat.appliedOn(List.of(), VpnSight.CLEAR);
    }
    throw new NoVpnInstance(
        subject
            + ": no VPN instance took command "
            + nat.commandId()
            + ". Is the SSM agent of the instance tagged peerway:role=vpn online? Then redrive.");
  }
}
