package io.peerway.functions.connect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Applied;
import io.peerway.functions.Latest;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.network.Change;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.Subject;
import io.peerway.plan.admission.StillAdmitted;
import io.peerway.plan.network.RoutePlan;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every route table of the hub VPC gets a route to every service CIDR. */
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
      return tables == null || isAbove0(redrive) || isAbove0(retry) ? List.of() : tables;
    }

    private static boolean isAbove0(@Nullable Integer times) {
      return times != null && times > 0;
    }
  }

  private final Function<Subject, HubNetwork> hub;

  public HubRoutesHandler() {
    this(new AwsClients(System.getenv()).hub());
  }

  public HubRoutesHandler(Function<Subject, HubNetwork> hub) {
    super(Request.class);
    this.hub = hub;
  }

  @Override
  protected Applied run(Request request) {
    Connection connection = request.connection();
    HubNetwork network = hub.apply(connection.peeringId());
    return Latest.admitted(
        connection,
        network,
        () ->
            Applied.to(
                network,
                plan(request, network),
                () -> StillAdmitted.claim(connection, network.peering(connection.peeringId()))));
  }

  // What has come into a table meanwhile, Verify finds.
  private static List<Change> plan(Request request, Network network) {
    Connection connection = request.connection();
    List<Cidr> destinations = connection.service().cidrs();
    return request.untouched().isEmpty()
        ? RoutePlan.plan(
            network.routeTables(connection.hub().vpc()), destinations, connection.peeringId())
        : RoutePlan.additions(request.untouched(), destinations, connection.peeringId());
  }
}
