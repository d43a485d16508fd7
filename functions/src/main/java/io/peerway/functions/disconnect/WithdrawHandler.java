package io.peerway.functions.disconnect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.disconnect.Withdraw;
import io.peerway.plan.disconnect.WithdrawAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Withdraw} decide, and withdraw the claim. */
public final class WithdrawHandler extends Step<WithdrawHandler.Request, WithdrawAnswer> {

  record Request(PeeringId peeringId, @Nullable String execution) implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }
  }

  public WithdrawHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES, ORGANIZATION));
  }

  public WithdrawHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected WithdrawAnswer run(Request request) {
    return new Withdraw(aws, request.peeringId()).answer();
  }
}
