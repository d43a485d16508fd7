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
import io.peerway.plan.connect.Accept;
import io.peerway.plan.connect.AcceptAnswer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Accept} decide, and accept. */
public final class AcceptHandler extends Step<AcceptHandler.Request, AcceptAnswer> {

  /**
   * What to accept.
   *
   * @param before the execution's data, with what was answered last if it was asked before
   */
  record Request(Connection connection, @Nullable Before before, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }

    List<RouteTableId> tables() {
      AcceptAnswer last = before == null ? null : before.acceptance();
      return last == null || last.tables() == null ? List.of() : last.tables();
    }
  }

  /** What the execution knows already. */
  record Before(@Nullable AcceptAnswer acceptance) {}

  public AcceptHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES));
  }

  public AcceptHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected AcceptAnswer run(Request request) {
    return new Accept(aws, request.connection(), request.tables()).answer();
  }
}
