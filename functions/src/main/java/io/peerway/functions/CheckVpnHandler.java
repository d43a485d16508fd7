package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.AllConnections;
import io.peerway.model.InstanceId;
import io.peerway.model.NatCommand;
import io.peerway.model.NatSet;
import io.peerway.model.Subject;
import io.peerway.model.VpnInstances;
import io.peerway.plan.Finding;
import io.peerway.plan.NatCheck;
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

  CheckVpnHandler(VpnInstances vpn, Clock clock) {
    super(Request.class);
    this.vpn = vpn;
    this.clock = clock;
  }

  @Override
  NatQuestion run(Request request) {
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
