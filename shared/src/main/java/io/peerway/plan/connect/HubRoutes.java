package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.network.Change;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Latest;
import io.peerway.plan.admission.StillAdmitted;
import io.peerway.plan.network.Applied;
import io.peerway.plan.network.RoutePlan;
import java.util.List;

/**
 * Every route table of the hub VPC gets a route to every service CIDR.
 *
 * @param untouched the tables that had none of its routes a moment ago; none where that is not
 *     known
 */
public record HubRoutes(Aws aws, Connection connection, List<RouteTableId> untouched) {

  /** What was changed. */
  public Applied applied() {
    PeeringId id = connection.peeringId();
    HubNetwork network = aws.hub(id);
    return Latest.admitted(
        connection,
        network,
        () ->
            Applied.to(
                network,
                plan(network),
                aws.log(),
                () -> StillAdmitted.claim(connection, network.peering(id))));
  }

  // What has come into a table meanwhile, Verify finds.
  private List<Change> plan(Network network) {
    List<Cidr> destinations = connection.service().cidrs();
    PeeringId id = connection.peeringId();
    return untouched.isEmpty()
        ? RoutePlan.plan(network.routeTables(connection.hub().vpc()), destinations, id)
        : RoutePlan.additions(untouched, destinations, id);
  }
}
