package io.peerway.functions.disconnect;

import static io.peerway.aws.AwsPorts.Need.HUB;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.disconnect.DeleteAnswer;
import io.peerway.plan.disconnect.DeletePeering;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link DeletePeering} end the peering connection. */
public final class DeletePeeringHandler extends Step<DeletePeeringHandler.Request, DeleteAnswer> {

  /** What is to be ended. */
  record Request(Connection connection, boolean repeated, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  public DeletePeeringHandler() {
    this(OnLambda.aws(HUB));
  }

  public DeletePeeringHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected DeleteAnswer run(Request request) {
    return new DeletePeering(aws, request.connection(), request.repeated()).answer();
  }
}
