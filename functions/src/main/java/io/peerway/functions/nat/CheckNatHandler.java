package io.peerway.functions.nat;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Latest;
import io.peerway.functions.Step;
import io.peerway.model.NatCommand;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NatCommandFailed;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.nat.NatProgress;
import io.peerway.plan.nat.VpnSight;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the VPN instances' answers. A failed command fails the execution here; because a redrive
 * begins at this step with the same input, the first check after a redrive sends the set anew.
 */
public final class CheckNatHandler extends Step<CheckNatHandler.Request, NatRun> {
  // Run Command lists its invocations within seconds; none after this long means that no instance
  // took part.
  private static final Duration NOBODY_ANSWERS = Duration.ofMinutes(2);

  /**
   * Which command to ask about.
   *
   * @param services CIDRs that have to be translated afterwards
   */
  record Request(
      Subject subject, List<Cidr> services, NatRun nat, int redrive, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(services, "services");
      Objects.requireNonNull(nat, "nat");
    }
  }

  private final NatSender sender;

  public CheckNatHandler() {
    this(new AwsClients(System.getenv()));
  }

  private CheckNatHandler(AwsClients aws) {
    this(
        new NatSender(
            Settings.of(System.getenv()), aws.hub(), aws.vpnInstances(), Clock.systemUTC()));
  }

  public CheckNatHandler(NatSender sender) {
    super(Request.class);
    this.sender = sender;
  }

  // What is in force may be a newer set, without what this run was admitted with.
  @Override
  protected NatRun run(Request request) {
    return request.subject() instanceof PeeringId id
        ? Latest.admitted(id, request.services(), sender.hub().apply(id), () -> checked(request))
        : checked(request);
  }

  private NatRun checked(Request request) {
    NatRun nat = request.nat();
    NatCommand command = sender.vpn().answers(nat.commandId(), request.subject());
    NatProgress progress =
        NatProgress.of(
            command,
            new NatProgress.Asked(nat.digest(), sender.settings().clientPool(), request.services()),
            NatReports::parse,
            () -> running(request.subject()));
    return switch (progress) {
      case NatProgress.Applied(List<String> instances) ->
          nat.appliedOn(
              instances,
              VpnSight.of(command, instances, request.services(), NatReports::surroundings));
      case NatProgress.SendAgain() -> send(request);
      case NatProgress.Failed(String reason) -> failed(request, reason);
      case NatProgress.Pending() -> pending(request, command);
    };
  }

  private Set<InstanceId> running(Subject subject) {
    return VpnInstance.running(
        sender.hub().apply(subject).vpnInstances(sender.settings().hubVpc()));
  }

  private NatRun send(Request request) {
    return sender.send(request.subject(), request.services(), request.redrive());
  }

  private NatRun failed(Request request, String reason) {
    if (request.redrive() > request.nat().redrive()) {
      return send(request);
    }
    throw new NatCommandFailed(
        request.subject()
            + ": command "
            + request.nat().commandId()
            + ": VPN instance "
            + reason
            + ". Mend the instance, then redrive: the set is sent again.");
  }

  private NatRun pending(Request request, NatCommand command) {
    Duration since = Duration.ofMillis(sender.clock().millis() - request.nat().generation());
    if (!command.answers().isEmpty() || since.compareTo(NOBODY_ANSWERS) < 0) {
      return request.nat();
    }
    if (request.redrive() > request.nat().redrive()) {
      return send(request);
    }
    if (request.services().isEmpty() && running(request.subject()).isEmpty()) {
      return request.nat().appliedOn(List.of(), VpnSight.CLEAR);
    }
    throw new NoVpnInstance(
        request.subject()
            + ": no VPN instance took command "
            + request.nat().commandId()
            + ". Is the SSM agent of the instance tagged peerway:role=vpn online? Then redrive.");
  }
}
