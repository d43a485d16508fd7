package io.peerway.functions.nat;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;
import static io.peerway.aws.AwsPorts.Need.VPN_INSTANCES;

import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.NatSet;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.nat.NatSender;
import io.peerway.plan.nat.SentSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the NAT set to every VPN instance; the answer comes later (see {@link CheckNatHandler}).
 */
public final class ApplyNatHandler extends Step<ApplyNatHandler.Request, SentSet> {

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

  public ApplyNatHandler() {
    this(OnLambda.aws(SETTINGS, HUB, VPN_INSTANCES));
  }

  public ApplyNatHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected SentSet run(Request request) {
    NatSender sender = new NatSender(aws);
    NatSet read = request.read();
    return read == null
        ? sender.send(request.subject(), request.services(), request.redrive())
        : sender.send(request.subject(), request.services(), request.redrive(), read);
  }
}
