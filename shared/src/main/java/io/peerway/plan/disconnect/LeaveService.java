package io.peerway.plan.disconnect;

import io.peerway.model.Connection;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.notices.FreezeNotice;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.notices.Status;
import io.peerway.plan.notices.StatusTag;
import io.peerway.plan.rules.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Takes away what a connection has left in the service account once its peering connection is over:
 * the routes to it, our openings and our group. Then it says what has ended, why, and what was left
 * because the account's owner refuses. (Whatever else goes wrong there keeps nothing of the hub up:
 * this is the last step. Until it is done, the peering connection has the tag of its claim, by
 * which {@code reconcile} finds it.)
 *
 * @param reason why it has ended
 * @param ended what became of the peering connection
 * @param freeze what is to be said of a freeze that it went through
 */
public record LeaveService(
    Aws aws, Connection connection, String reason, DeleteAnswer ended, String freeze) {

  /** What was done. */
  public LeaveAnswer answer() {
    PeeringId id = connection.peeringId();
    HubNetwork hub = aws.hub(id);
    Complete<Peering> all = hub.peerings();
    Network service = aws.inside(connection.service(), id);
    Optional<Peering> own = all.items().stream().filter(over -> over.id().equals(id)).findFirst();
    // Of a successor the tag tells from now on, be it only a request.
    boolean isLast = Parties.next(connection, all).isEmpty();
    if (isLast
        && (ended.state() != DeleteAnswer.State.GONE
            || own.filter(Peering::isHalfGone).isPresent())) {
      tell(service, own);
    }
    Leaving leaving =
        taken(service, Parties.successor(connection, all).filter(LeaveService::isConnected));
    if (own.filter(Peering::isHalfGone).isPresent()) {
      hub.ensureClosed(id);
    }
    // Once more: what was opened for it meanwhile may have been taken away here.
    Complete<Peering> live = hub.livePeerings();
    Optional<Peering> successor =
        own.filter(Decision::isRefused).isPresent()
            ? Parties.next(connection, live)
            : Parties.successor(connection, live);
    return new LeaveAnswer(
        leaving.changes(),
        leaving.leftInWords(),
        ended.state() == DeleteAnswer.State.GONE
            ? null
            : FreezeNotice.through(Notice.disconnected(connection, reason, leaving.left()), freeze),
        successor.map(Peering::id).orElse(null));
  }

  private void tell(Network service, Optional<Peering> own) {
    VpcId vpc = connection.service().vpc();
    StatusTag tag = new StatusTag(service, vpc, aws.log());
    if (own.filter(Decision::isRefused).isPresent()) {
      tag.say("", Status.refused(Decision.reason(vpc)));
    } else {
      tag.takeOff();
    }
  }

  private Leaving taken(Network service, Optional<Peering> heir) {
    VpcSide side = connection.service();
    Leaving leaving = new Leaving(service, aws.log());
    leaving.takeAway(
        "its routes",
        () -> RoutePlan.plan(service.routeTables(side.vpc()), List.of(), connection.peeringId()));
    // A group lets in whoever comes from the hub, through whichever peering connection: deleted and
    // asked for anew, the new one may be at work before the old one is taken away.
    if (heir.isPresent()) {
      aws.say(
          "the groups are left to %s, which joins the same VPCs now".formatted(heir.get().id()));
    } else {
      leaving.takeAway(
          "our security group and openings",
          () ->
              SecurityGroupPlan.removal(
                  service.securityGroups(side.vpc()), connection.hub().vpc()));
    }
    return leaving;
  }

  // One whose claim somebody has damaged or taken off is connected all the same.
  private static boolean isConnected(Peering newer) {
    return newer.isClaimed() || (newer.isUnclaimed() && newer.hasMark());
  }
}
