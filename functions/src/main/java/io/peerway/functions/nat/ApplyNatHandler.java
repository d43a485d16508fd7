package io.peerway.functions.nat;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Step;
import io.peerway.model.NatSet;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the NAT set to every VPN instance; the answer comes later (see {@link CheckNatHandler}).
 */
public final class ApplyNatHandler extends Step<ApplyNatHandler.Request, NatRun> {

  /**
   * What to send, and for whom.
   *
   * @param services CIDRs that the set has to hold before it is sent; none when a connection is
   *     taken away
   * @param read the set as it was worked out a moment ago, where it was
   */
  record Request(
      Subject subject,
      List<Cidr> services,
      @Nullable NatSet read,
      int redrive,
      @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(services, "services");
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

  public ApplyNatHandler(NatSender sender) {
    super(Request.class);
    this.sender = sender;
  }

  @Override
  protected NatRun run(Request request) {
    NatSet read = request.read();
    return read == null
        ? sender.send(request.subject(), request.services(), request.redrive())
        : sender.send(request.subject(), request.services(), request.redrive(), read);
  }
}
