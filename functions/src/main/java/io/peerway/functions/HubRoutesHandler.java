package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.Subject;
import io.peerway.plan.RoutePlan;
import io.peerway.plan.StillAdmitted;
import java.util.function.Function;

/** Every route table of the hub VPC gets a route to every service CIDR. */
public final class HubRoutesHandler extends Step<ConnectionInput, Applied> {
  private final Function<Subject, Network> hub;

  public HubRoutesHandler() {
    this(new AwsClients(System.getenv()).hub());
  }

  HubRoutesHandler(Function<Subject, Network> hub) {
    super(ConnectionInput.class);
    this.hub = hub;
  }

  @Override
  Applied run(ConnectionInput request) {
    Connection connection = request.connection();
    Network network = hub.apply(connection.peeringId());
    return Applied.to(
        network,
        RoutePlan.plan(
            network.routeTables(connection.hub().vpc()),
            connection.service().cidrs(),
            connection.peeringId()),
        () -> StillAdmitted.claim(connection, network.peering(connection.peeringId())));
  }
}
