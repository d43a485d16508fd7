package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.error.NotYetVisible;
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
import io.peerway.model.value.VpcId;
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
 *
 * @param fresh whether this run has accepted the request, so that our group is hardly there: then
 *     it is made without a look. What groups are tagged for Verify opens, which looks at them
 *     anyway
 */
public record Join(Aws aws, Connection connection, boolean fresh) {

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
    // Before the routes: who has a group of this name there is to hear of it while nothing else is
    // changed.
    Applied made = fresh ? made(network, addresses) : new Applied(List.of());
    List<Change> openings = made.changes().isEmpty() ? openings(network, addresses) : List.of();
    Applied routed = Applied.to(network, routes, aws.log(), this::checkThatStillAdmitted);
    Applied opened = made.changes().isEmpty() ? Applied.to(network, openings, aws.log()) : made;
    return new JoinAnswer(
        addresses,
        VpnInstance.subnets(instances),
        Stream.concat(routed.changes().stream(), opened.changes().stream()).toList());
  }

  private List<Change> openings(Network network, List<Cidr> addresses) {
    VpcId vpc = connection.service().vpc();
    return SecurityGroupPlan.plan(
        network.securityGroups(vpc),
        vpc,
        connection.hub().vpc(),
        aws.settings().ports(),
        addresses,
        connection.peeringId());
  }

  // Its name is taken by itself where a run was cut off behind this; or by another's.
  private Applied made(Network network, List<Cidr> addresses) {
    Change ours =
        SecurityGroupPlan.ours(
            connection.service().vpc(), connection.hub().vpc(), aws.settings().ports(), addresses);
    try {
      return Applied.to(network, List.of(ours), aws.log());
    } catch (NotYetVisible taken) {
      return new Applied(List.of());
    }
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
