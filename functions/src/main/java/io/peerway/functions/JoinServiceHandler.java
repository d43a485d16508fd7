package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Change;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.RouteTable;
import io.peerway.model.SecurityGroup;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.Tags;
import io.peerway.model.Vpc;
import io.peerway.model.VpcSide;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.plan.RoutePlan;
import io.peerway.plan.SecurityGroupPlan;
import io.peerway.plan.Settings;
import io.peerway.plan.StillAdmitted;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The service's side of a connection, in one session of its account: every route table gets a route
 * to every hub CIDR, and the VPN instances are let in through our own security group and through
 * groups that are tagged for it. All of it is planned before the first change.
 */
public final class JoinServiceHandler extends Step<ConnectionInput, JoinServiceHandler.Answer> {

  /**
   * What was done, and for whom it was opened.
   *
   * @param vpnAddresses the VPN instances' addresses, which Verify asks for again
   * @param vpnSubnets the subnets that they are in, whose network ACLs Verify reads
   * @param asked stands for what the tags of the groups asked for
   */
  record Answer(
      List<Cidr> vpnAddresses, List<String> vpnSubnets, String asked, List<String> changes) {}

  private final Settings settings;
  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;

  public JoinServiceHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private JoinServiceHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts());
  }

  JoinServiceHandler(Settings settings, Function<Subject, Network> hub, ServiceAccounts services) {
    super(ConnectionInput.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
  }

  @Override
  Answer run(ConnectionInput request) {
    Connection connection = request.connection();
    return Latest.admitted(connection, hub.apply(connection.peeringId()), () -> joined(connection));
  }

  private Answer joined(Connection connection) {
    List<VpnInstance> instances = vpnInstances(connection);
    List<Cidr> addresses = VpnInstance.addresses(instances);
    VpcSide service = connection.service();
    Network network = services.network(service.account(), service.region(), connection.peeringId());
    Complete<RouteTable> tables = network.routeTables(service.vpc());
    StillAdmitted.service(
        connection,
        tables,
        () -> hub.apply(connection.peeringId()).peering(connection.peeringId()),
        () -> network.vpc(service.vpc()));
    List<Change> routes = RoutePlan.plan(tables, connection.hub().cidrs(), connection.peeringId());
    Complete<SecurityGroup> groups = network.securityGroups(service.vpc());
    List<Change> openings =
        SecurityGroupPlan.plan(
            groups,
            service.vpc(),
            connection.hub().vpc(),
            settings.ports(),
            addresses,
            connection.peeringId());
    List<String> routed = Applied.to(network, routes, () -> stillAdmitted(connection)).changes();
    List<String> opened = Applied.to(network, openings).changes();
    return new Answer(
        addresses,
        VpnInstance.subnets(instances),
        SecurityGroupPlan.asked(groups),
        Stream.concat(routed.stream(), opened.stream()).toList());
  }

  private List<VpnInstance> vpnInstances(Connection connection) {
    List<VpnInstance> instances =
        hub.apply(connection.peeringId()).vpnInstances(connection.hub().vpc());
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

  private void stillAdmitted(Connection connection) {
    Network network = hub.apply(connection.peeringId());
    StillAdmitted.claim(connection, network.peering(connection.peeringId()));
    StillAdmitted.hub(
        connection, network.vpc(connection.hub().vpc()).map(Vpc::cidrs).orElse(List.of()));
  }
}
