package io.peerway.functions.disconnect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Leaving;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Decision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what a connection has left in the service account once its peering connection is over:
 * the routes to it, our openings and our group. Then it says what has ended, why, and what was left
 * because the account's owner refuses. (Whatever else goes wrong there keeps nothing of the hub up:
 * this is the last step. Until it is done, the peering connection has the tag of its claim, by
 * which {@code reconcile} finds it.)
 */
public final class LeaveServiceHandler
    extends Step<LeaveServiceHandler.Request, LeaveServiceHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(LeaveServiceHandler.class);

  /**
   * What has ended.
   *
   * @param ended what became of the peering connection
   */
  record Request(
      Connection connection,
      String reason,
      DeletePeeringHandler.Answer ended,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(ended, "ended");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  /**
   * What was done.
   *
   * @param left what was not taken away, in words
   * @param notice none where another run has told
   * @param successor joins the same VPCs already, and may have met the routes that were in its way
   *     until now; of a VPC that a person has refused, a request as well, which may have been
   *     looked at before that was noted
   */
  record Answer(
      List<String> changes,
      List<String> left,
      @Nullable Notice notice,
      @Nullable PeeringId successor) {}

  private final Function<Subject, HubNetwork> hub;
  private final ServiceAccounts services;

  public LeaveServiceHandler() {
    this(new AwsClients(System.getenv()));
  }

  private LeaveServiceHandler(AwsClients aws) {
    this(aws.hub(), aws.serviceAccounts());
  }

  public LeaveServiceHandler(Function<Subject, HubNetwork> hub, ServiceAccounts services) {
    super(Request.class);
    this.hub = hub;
    this.services = services;
  }

  @Override
  protected Answer run(Request request) {
    Connection connection = request.connection();
    VpcSide side = connection.service();
    PeeringId peering = connection.peeringId();
    HubNetwork hubNetwork = hub.apply(peering);
    Complete<Peering> all = hubNetwork.peerings();
    Optional<Peering> heir =
        Parties.successor(connection, all).filter(LeaveServiceHandler::isConnected);
    Network service = services.network(side.account(), side.region(), peering);
    Leaving leaving = new Leaving(service);
    leaving.takeAway(
        "its routes", () -> RoutePlan.plan(service.routeTables(side.vpc()), List.of(), peering));
    // A group lets in whoever comes from the hub, through whichever peering connection: deleted and
    // asked for anew, the new one may be at work before the old one is taken away.
    if (heir.isPresent()) {
      LOG.info("the groups are left to {}, which joins the same VPCs now", heir.get().id());
    } else {
      leaving.takeAway(
          "our security group and openings",
          () ->
              SecurityGroupPlan.removal(
                  service.securityGroups(side.vpc()), connection.hub().vpc()));
    }
    Optional<Peering> own =
        all.items().stream().filter(over -> over.id().equals(peering)).findFirst();
    if (own.filter(Peering::isHalfGone).isPresent()) {
      hubNetwork.ensureClosed(peering);
    }
    // Once more: what was opened for it meanwhile may have been taken away here.
    Complete<Peering> live = hubNetwork.livePeerings();
    Optional<Peering> successor =
        own.filter(Decision::isRefused).isPresent()
            ? Parties.next(connection, live)
            : Parties.successor(connection, live);
    return new Answer(
        leaving.changes(),
        leaving.left().stream().map(Notice.Left::toString).toList(),
        request.ended().isTold()
            ? null
            : Notice.disconnected(connection, request.reason(), leaving.left()),
        successor.map(Peering::id).orElse(null));
  }

  // One whose claim somebody has damaged or taken off is connected all the same.
  private static boolean isConnected(Peering newer) {
    return newer.isClaimed() || (newer.isUnclaimed() && newer.hasMark());
  }
}
