package io.peerway.functions.connect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Applied;
import io.peerway.functions.ConnectionInput;
import io.peerway.functions.Latest;
import io.peerway.functions.Step;
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
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.StillAdmitted;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
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
   */
  record Answer(List<Cidr> vpnAddresses, List<String> vpnSubnets, List<String> changes) {}

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;
  private final ServiceAccounts services;

  public JoinServiceHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private JoinServiceHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts());
  }

  public JoinServiceHandler(
      Settings settings, Function<Subject, HubNetwork> hub, ServiceAccounts services) {
    super(ConnectionInput.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
  }

  @Override
  protected Answer run(ConnectionInput request) {
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
    List<Change> openings =
        SecurityGroupPlan.plan(
            network.securityGroups(service.vpc()),
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
    HubNetwork network = hub.apply(connection.peeringId());
    StillAdmitted.claim(connection, network.peering(connection.peeringId()));
    StillAdmitted.hub(
        connection, network.vpc(connection.hub().vpc()).map(Vpc::cidrs).orElse(List.of()));
  }
}
