package io.peerway.functions.disconnect;

import static io.peerway.aws.AwsPorts.Need.FREEZES;
import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.disconnect.Withdraw;
import io.peerway.plan.disconnect.WithdrawAnswer;
import io.peerway.plan.freeze.Gate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Withdraw} decide, and withdraw the claim. */
public final class WithdrawHandler extends Step<WithdrawHandler.Request, WithdrawAnswer> {

  /**
   * Which connection.
   *
   * @param input the execution's own; absent where the function is invoked by hand
   * @param redrive how often people have redriven it
   */
  record Request(
      PeeringId peeringId,
      @Nullable Started input,
      @Nullable Integer redrive,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }

    Gate gate(Aws aws) {
      return new Gate(
          aws,
          Beginning.of(
              input == null ? null : input.freezes(),
              input == null ? null : input.redrives(),
              redrive),
          peeringId);
    }
  }

  /**
   * What the execution was started with, besides the peering id.
   *
   * @param freezes how it stands to freezes; absent where people have started it
   * @param redrives how often the execution was redriven that has started it
   */
  record Started(@Nullable Freezes freezes, @Nullable Integer redrives) {}

  public WithdrawHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES, ORGANIZATION, FREEZES));
  }

  public WithdrawHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected WithdrawAnswer run(Request request) {
    return new Withdraw(aws, request.peeringId(), request.gate(aws)).answer();
  }
}
