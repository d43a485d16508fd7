package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Complete;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.Peering;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.VpcSide;
import io.peerway.plan.Parties;
import io.peerway.plan.SecurityGroupPlan;
import io.peerway.plan.StillAdmitted;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service VPC closes to the VPN instances: our openings go, and our own group where nothing
 * uses it any more.
 */
public final class RemoveSecurityGroupsHandler extends Step<ConnectionInput, Applied> {
  private static final Logger LOG = LoggerFactory.getLogger(RemoveSecurityGroupsHandler.class);

  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;

  public RemoveSecurityGroupsHandler() {
    this(new AwsClients(System.getenv()));
  }

  private RemoveSecurityGroupsHandler(AwsClients aws) {
    this(aws.hub(), aws.serviceAccounts());
  }

  RemoveSecurityGroupsHandler(Function<Subject, Network> hub, ServiceAccounts services) {
    super(ConnectionInput.class);
    this.hub = hub;
    this.services = services;
  }

  @Override
  Applied run(ConnectionInput request) {
    Connection connection = request.connection();
    Complete<Peering> live = hub.apply(connection.peeringId()).livePeerings();
    StillAdmitted.claim(connection, own(live, connection));
    Optional<Peering> successor = successor(live, connection);
    if (successor.isPresent()) {
      LOG.info("left to {}, which joins the same VPCs now", successor.get().id());
      return new Applied(List.of());
    }
    VpcSide service = connection.service();
    Network network = services.network(service.account(), service.region(), connection.peeringId());
    return Applied.to(
        network,
        SecurityGroupPlan.removal(network.securityGroups(service.vpc()), connection.hub().vpc()));
  }

  private static Optional<Peering> own(Complete<Peering> live, Connection connection) {
    return live.items().stream()
        .filter(peering -> peering.id().equals(connection.peeringId()))
        .findFirst();
  }

  // A group lets in whoever comes from the hub, through whichever peering connection: deleted and
  // asked for anew, the new one may be at work before the old one is taken away.
  private static Optional<Peering> successor(Complete<Peering> live, Connection connection) {
    return Parties.successor(connection, live).filter(peering -> !peering.claim().isEmpty());
  }
}
