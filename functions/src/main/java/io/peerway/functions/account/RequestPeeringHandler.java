package io.peerway.functions.account;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.account.RequestPeering;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link RequestPeering} ask for a tagged VPC. */
public final class RequestPeeringHandler
    extends Step<RequestPeeringHandler.Request, RequestPeeringHandler.Answer> {

  record Request(AccountId accountId, Region region, VpcId vpcId, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(accountId, "accountId");
      Objects.requireNonNull(region, "region");
      Objects.requireNonNull(vpcId, "vpcId");
    }

    @Override
    public Subject subject() {
      return accountId;
    }
  }

  record Answer(PeeringId peeringId) {}

  public RequestPeeringHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES));
  }

  public RequestPeeringHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected Answer run(Request request) {
    return new Answer(
        new RequestPeering(aws, request.accountId(), request.region(), request.vpcId()).id());
  }
}
