package io.peerway.functions.disconnect;

import static io.peerway.aws.AwsPorts.Need.FREEZES;
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
import io.peerway.plan.freeze.Redriven;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link LeaveService} take away what is left in the service account. */
public final class LeaveServiceHandler extends Step<LeaveServiceHandler.Request, LeaveAnswer> {

  /**
   * What has ended.
   *
   * @param ended what became of the peering connection
   * @param freeze what is to be said of a freeze
   * @param redrive how often people have redriven the execution
   */
  record Request(
      Connection connection,
      String reason,
      DeleteAnswer ended,
      @Nullable String freeze,
      @Nullable Integer redrive,
      @Nullable String execution)
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
    this(OnLambda.aws(HUB, SERVICES, FREEZES));
  }

  public LeaveServiceHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected LeaveAnswer run(Request request) {
    return new LeaveService(
            aws,
            request.connection(),
            request.reason(),
            request.ended(),
            Redriven.words(aws.freezeCalendar(), request.freeze(), request.redrive()))
        .answer();
  }
}
