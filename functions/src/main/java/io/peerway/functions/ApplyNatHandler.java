package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Connection;
import io.peerway.model.PeeringId;
import io.peerway.plan.Settings;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the NAT set to every VPN instance; the answer comes later (see {@link CheckNatHandler}).
 */
public final class ApplyNatHandler extends Step<ApplyNatHandler.Request, NatRun> {

  record Request(Connection connection, int redrive, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(connection, "connection");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  private final NatSender sender;

  public ApplyNatHandler() {
    this(new AwsClients(System.getenv()));
  }

  private ApplyNatHandler(AwsClients aws) {
    this(
        new NatSender(
            Settings.of(System.getenv()), aws.hub(), aws.vpnInstances(), Clock.systemUTC()));
  }

  ApplyNatHandler(NatSender sender) {
    super(Request.class);
    this.sender = sender;
  }

  @Override
  NatRun run(Request request) {
    return sender.send(request.connection(), request.redrive());
  }
}
