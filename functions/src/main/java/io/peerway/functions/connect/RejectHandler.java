package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.Count;
import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.Reject;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Reject} end a refused request. */
public final class RejectHandler extends Step<RejectHandler.Request, Notice> {

  record Request(PeeringId peeringId, Refusal refusal, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
      Objects.requireNonNull(refusal, "refusal");
    }
  }

  public RejectHandler() {
    this(OnLambda.aws(SETTINGS, HUB));
  }

  public RejectHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected Notice run(Request request) {
    Notice notice = new Reject(aws, request.peeringId(), request.refusal()).notice();
    Count.one("Refusals", "Rule", request.refusal().rule());
    return notice;
  }
}
