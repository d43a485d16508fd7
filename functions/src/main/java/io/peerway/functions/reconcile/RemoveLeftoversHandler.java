package io.peerway.functions.reconcile;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.leftovers.RemoveAnswer;
import io.peerway.plan.leftovers.RemoveLeftovers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link RemoveLeftovers} take away what was left in a VPC. */
public final class RemoveLeftoversHandler
    extends Step<RemoveLeftoversHandler.Request, RemoveAnswer> {

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

  public RemoveLeftoversHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES));
  }

  public RemoveLeftoversHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected RemoveAnswer run(Request request) {
    return new RemoveLeftovers(aws, request.accountId(), request.region(), request.vpcId())
        .answer();
  }
}
