package io.peerway.functions.reconcile;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Step;
import io.peerway.functions.nat.NatReports;
import io.peerway.model.NatCommand;
import io.peerway.model.NatSet;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Subject;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.reconcile.NatCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what the VPN instances have in force. Who does not answer in time is unknown. */
public final class CheckVpnHandler extends Step<CheckVpnHandler.Request, NatQuestion> {
  private static final AllConnections ALL = new AllConnections();

  // For one that runs and is slow.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  record Request(NatQuestion nat, @Nullable String execution) implements Step.Input {
    Request {
      Objects.requireNonNull(nat, "nat");
    }

    @Override
    public Subject subject() {
      return ALL;
    }
  }

  private final VpnInstances vpn;
  private final Clock clock;

  public CheckVpnHandler() {
    this(new AwsClients(System.getenv()).vpnInstances(), Clock.systemUTC());
  }

  public CheckVpnHandler(VpnInstances vpn, Clock clock) {
    super(Request.class);
    this.vpn = vpn;
    this.clock = clock;
  }

  @Override
  protected NatQuestion run(Request request) {
    NatSet wanted = Objects.requireNonNull(request.nat().wanted(), "nat.wanted");
    String commandId = Objects.requireNonNull(request.nat().commandId(), "nat.commandId");
    List<InstanceId> running = Objects.requireNonNull(request.nat().instances(), "nat.instances");
    NatCommand command = vpn.answers(commandId, ALL);
    Duration since = Duration.ofMillis(clock.millis() - wanted.generation());
    return NatCheck.isComplete(command, running) || since.compareTo(PATIENCE) > 0
        ? NatQuestion.done(
            findings(wanted, command, running),
            NatCheck.isClear(command, running, NatReports::surroundings))
        : request.nat();
  }

  private static List<Finding> findings(
      NatSet wanted, NatCommand command, List<InstanceId> running) {
    List<Finding> findings =
        new ArrayList<>(NatCheck.of(wanted, command, running, NatReports::reading));
    findings.addAll(NatCheck.silent(running, command));
    findings.addAll(NatCheck.surroundings(command, running, NatReports::surroundings));
    return findings;
  }
}
