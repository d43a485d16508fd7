package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.VpcSide;
import io.peerway.plan.RoutePlan;

/** Every route table of the service VPC gets a route to every hub CIDR. */
public final class ServiceRoutesHandler extends Step<ConnectionInput, Applied> {
  private final ServiceAccounts services;

  public ServiceRoutesHandler() {
    this(new AwsClients(System.getenv()).serviceAccounts());
  }

  ServiceRoutesHandler(ServiceAccounts services) {
    super(ConnectionInput.class);
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
            network.routeTables(service.vpc()), connection.hub().cidrs(), connection.peeringId()));
  }
}
