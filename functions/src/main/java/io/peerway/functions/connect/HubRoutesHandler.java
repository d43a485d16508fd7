package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.HUB;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.HubRoutes;
import io.peerway.plan.network.Applied;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link HubRoutes} route the hub's side. */
public final class HubRoutesHandler extends Step<HubRoutesHandler.Request, Applied> {

  /**
   * Which connection, and what is known of the tables.
   *
   * @param tables those that had none of its routes a moment ago; none where that is not known
   * @param redrive how often the execution was redriven: after that a moment ago is long ago
   * @param retry how often this step has failed: it has made some routes already, and making them
   *     again costs as much of EC2's bucket as making the missing ones
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

    List<RouteTableId> untouched() {
      return tables != null && PeeringInput.isFirstTry(redrive, retry) ? tables : List.of();
    }
  }

  public HubRoutesHandler() {
    this(OnLambda.aws(HUB));
  }

  public HubRoutesHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected Applied run(Request request) {
    return new HubRoutes(aws, request.connection(), request.untouched()).applied();
  }
}
