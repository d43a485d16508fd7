package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.Join;
import io.peerway.plan.connect.JoinAnswer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Join} make the service's side. */
public final class JoinServiceHandler extends Step<JoinServiceHandler.Request, JoinAnswer> {

  /**
   * What to join.
   *
   * @param tables the hub's route tables that had none of its routes when this run accepted the
   *     request; none where it was accepted before
   * @param redrive how often the execution was redriven, and {@code retry} how often this step has
   *     failed: then it has been here before
   */
  record Request(
      Connection connection,
      @Nullable List<RouteTableId> tables,
      @Nullable Integer redrive,
      @Nullable Integer retry,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }

    boolean fresh() {
      return tables != null && !tables.isEmpty() && PeeringInput.isFirstTry(redrive, retry);
    }
  }

  public JoinServiceHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES));
  }

  public JoinServiceHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected JoinAnswer run(Request request) {
    return new Join(aws, request.connection(), request.fresh()).answer();
  }
}
