package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Mending;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.Admit;
import io.peerway.plan.connect.AdmitAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Admit} decide, and write the claim. */
public final class AdmitHandler extends Step<AdmitHandler.Request, AdmitAnswer> {

  /**
   * Which request.
   *
   * @param input the execution's own; absent where the function is invoked by hand
   */
  record Request(PeeringId peeringId, @Nullable Started input, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }

    @Nullable Mending mends() {
      return input == null ? null : input.mends();
    }
  }

  /**
   * What the execution was started with, besides the peering id.
   *
   * @param mends what somebody has taken away of the connection
   */
  record Started(@Nullable Mending mends) {}

  public AdmitHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES, ORGANIZATION));
  }

  public AdmitHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected AdmitAnswer run(Request request) {
    return new Admit(aws, request.peeringId(), request.mends(), request.executionName()).answer();
  }
}
