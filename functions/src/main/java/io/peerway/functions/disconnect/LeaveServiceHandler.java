package io.peerway.functions.disconnect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SERVICES;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.disconnect.DeleteAnswer;
import io.peerway.plan.disconnect.LeaveAnswer;
import io.peerway.plan.disconnect.LeaveService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link LeaveService} take away what is left in the service account. */
public final class LeaveServiceHandler extends Step<LeaveServiceHandler.Request, LeaveAnswer> {

  /**
   * What has ended.
   *
   * @param ended what became of the peering connection
   */
  record Request(
      Connection connection, String reason, DeleteAnswer ended, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(ended, "ended");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  public LeaveServiceHandler() {
    this(OnLambda.aws(HUB, SERVICES));
  }

  public LeaveServiceHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected LeaveAnswer run(Request request) {
    return new LeaveService(aws, request.connection(), request.reason(), request.ended()).answer();
  }
}
