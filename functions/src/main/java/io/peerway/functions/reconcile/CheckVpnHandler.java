package io.peerway.functions.reconcile;

import static io.peerway.aws.AwsPorts.Need.VPN_INSTANCES;

import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.functions.nat.InstanceOutput;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.nat.CheckVpn;
import io.peerway.plan.nat.VpnAnswers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link CheckVpn} read what the VPN instances have in force. */
public final class CheckVpnHandler extends Step<CheckVpnHandler.Request, VpnAnswers> {

  record Request(VpnAnswers nat, @Nullable String execution) implements Step.Input {
    Request {
      Objects.requireNonNull(nat, "nat");
    }

    @Override
    public Subject subject() {
      return new AllConnections();
    }
  }

  public CheckVpnHandler() {
    this(OnLambda.aws(VPN_INSTANCES));
  }

  public CheckVpnHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected VpnAnswers run(Request request) {
    return new CheckVpn(
            aws,
            request.nat(),
            InstanceOutput::reading,
            InstanceOutput::surroundings,
            InstanceOutput::tracking)
        .now();
  }
}
