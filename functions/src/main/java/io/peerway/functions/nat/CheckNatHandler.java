package io.peerway.functions.nat;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;
import static io.peerway.aws.AwsPorts.Need.VPN_INSTANCES;

import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Latest;
import io.peerway.plan.nat.NatWait;
import io.peerway.plan.nat.SentSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link NatWait} read the VPN instances' answers. */
public final class CheckNatHandler extends Step<CheckNatHandler.Request, SentSet> {
  private static final NatWait.Documents DOCUMENTS =
      new NatWait.Documents(InstanceOutput::parse, InstanceOutput::surroundings);

  /**
   * Which command to ask about.
   *
   * @param services CIDRs that have to be translated afterwards
   */
  record Request(
      Subject subject, List<Cidr> services, SentSet nat, int redrive, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(services, "services");
      Objects.requireNonNull(nat, "nat");
    }
  }

  public CheckNatHandler() {
    this(OnLambda.aws(SETTINGS, HUB, VPN_INSTANCES));
  }

  public CheckNatHandler(Aws aws) {
    super(Request.class, aws);
  }

  // What is in force may be a newer set, without what this run was admitted with.
  @Override
  protected SentSet run(Request request) {
    NatWait wait =
        new NatWait(
            aws,
            request.subject(),
            request.services(),
            request.nat(),
            request.redrive(),
            DOCUMENTS);
    return request.subject() instanceof PeeringId id
        ? Latest.admitted(id, request.services(), aws.hub(id), wait::now)
        : wait.now();
  }
}
