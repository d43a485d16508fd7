package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.Vpc;
import io.peerway.model.VpcSide;
import io.peerway.plan.RoutePlan;
import io.peerway.plan.StillAdmitted;
import java.util.List;
import java.util.function.Function;

/** Every route table of the service VPC gets a route to every hub CIDR. */
public final class ServiceRoutesHandler extends Step<ConnectionInput, Applied> {
  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;

  public ServiceRoutesHandler() {
    this(new AwsClients(System.getenv()));
  }

  private ServiceRoutesHandler(AwsClients aws) {
    this(aws.hub(), aws.serviceAccounts());
  }

  ServiceRoutesHandler(Function<Subject, Network> hub, ServiceAccounts services) {
    super(ConnectionInput.class);
    this.hub = hub;
    this.services = services;
  }

  @Override
  Applied run(ConnectionInput request) {
    Connection connection = request.connection();
    VpcSide service = connection.service();
    Network network = services.network(service.account(), service.region(), connection.peeringId());
    return Applied.to(
        network,
        RoutePlan.plan(
            network.routeTables(service.vpc()), connection.hub().cidrs(), connection.peeringId()),
        () -> stillAdmitted(connection));
  }

  private void stillAdmitted(Connection connection) {
    Network network = hub.apply(connection.peeringId());
    StillAdmitted.claim(connection, network.peering(connection.peeringId()));
    if (!connection.hub().cidrs().isEmpty()) {
      StillAdmitted.hub(
          connection, network.vpc(connection.hub().vpc()).map(Vpc::cidrs).orElse(List.of()));
    }
  }
}
