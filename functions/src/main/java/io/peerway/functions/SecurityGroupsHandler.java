package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Cidr;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.Tags;
import io.peerway.model.VpcSide;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.plan.SecurityGroupPlan;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.function.Function;

/**
 * The service VPC lets the VPN instances in: through our own security group, and through groups
 * that are tagged for it.
 */
public final class SecurityGroupsHandler
    extends Step<ConnectionInput, SecurityGroupsHandler.Answer> {

  /**
   * What was opened, and for whom.
   *
   * @param vpnAddresses the VPN instances' addresses, which Verify asks for again
   */
  record Answer(List<Cidr> vpnAddresses, List<String> changes) {}

  private final Settings settings;
  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;

  public SecurityGroupsHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private SecurityGroupsHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts());
  }

  SecurityGroupsHandler(
      Settings settings, Function<Subject, Network> hub, ServiceAccounts services) {
    super(ConnectionInput.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
  }

  @Override
  Answer run(ConnectionInput request) {
    Connection connection = request.connection();
    List<Cidr> addresses =
        VpnInstance.addresses(
            hub.apply(connection.peeringId()).vpnInstances(connection.hub().vpc()));
    if (addresses.isEmpty()) {
      throw new NoVpnInstance(
          connection.peeringId()
              + ": no instance of "
              + connection.hub().vpc()
              + " has the tag "
              + Tags.ROLE
              + "=vpn. Tag the VPN instance, then redrive.");
    }
    VpcSide service = connection.service();
    Network network = services.network(service.account(), service.region(), connection.peeringId());
    Applied applied =
        Applied.to(
            network,
            SecurityGroupPlan.plan(
                network.securityGroups(service.vpc()),
                service.vpc(),
                connection.hub().vpc(),
                settings.ports(),
                addresses,
                connection.peeringId()));
    return new Answer(addresses, applied.changes());
  }
}
