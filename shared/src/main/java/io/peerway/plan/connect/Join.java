package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.network.Change;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Latest;
import io.peerway.plan.admission.StillAdmitted;
import io.peerway.plan.network.Applied;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service's side of a connection, in one session of its account: every route table gets a route
 * to every hub CIDR, and the VPN instances are let in through our own security group and through
 * groups that are tagged for it. All of it is planned before the first change.
 */
public record Join(Aws aws, Connection connection) {

  /** What was done. */
  public JoinAnswer answer() {
    return Latest.admitted(connection, hub(), this::joined);
  }

  private JoinAnswer joined() {
    List<VpnInstance> instances = vpnInstances();
    List<Cidr> addresses = VpnInstance.addresses(instances);
    PeeringId id = connection.peeringId();
    VpcSide service = connection.service();
    Network network = aws.inside(service, id);
    Complete<RouteTable> tables = network.routeTables(service.vpc());
    StillAdmitted.service(
        connection, tables, () -> hub().peering(id), () -> network.vpc(service.vpc()));
    List<Change> routes = RoutePlan.plan(tables, connection.hub().cidrs(), id);
    List<Change> openings =
        SecurityGroupPlan.plan(
            network.securityGroups(service.vpc()),
            service.vpc(),
            connection.hub().vpc(),
            aws.settings().ports(),
            addresses,
            id);
    Applied routed = Applied.to(network, routes, aws.log(), this::checkThatStillAdmitted);
    Applied opened = Applied.to(network, openings, aws.log());
    return new JoinAnswer(
        addresses,
        VpnInstance.subnets(instances),
        Stream.concat(routed.changes().stream(), opened.changes().stream()).toList());
  }

  private List<VpnInstance> vpnInstances() {
    List<VpnInstance> instances = hub().vpnInstances(connection.hub().vpc());
    if (instances.isEmpty()) {
      throw new NoVpnInstance(
          connection.peeringId()
              + ": no instance of "
              + connection.hub().vpc()
              + " has the tag "
              + Tags.ROLE
              + "=vpn. Tag the VPN instance, then redrive.");
    }
    return instances;
  }

  private void checkThatStillAdmitted() {
    StillAdmitted.claim(connection, hub().peering(connection.peeringId()));
    StillAdmitted.hub(
        connection, hub().vpc(connection.hub().vpc()).map(Vpc::cidrs).orElse(List.of()));
  }

  private HubNetwork hub() {
    return aws.hub(connection.peeringId());
  }
}
