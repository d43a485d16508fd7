package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Mending;
import io.peerway.model.Parties;
import io.peerway.model.error.UnknownPeering;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.admission.Claims;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.notices.RestoredNotice;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.rules.LostClaim;
import io.peerway.plan.rules.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides by our own reads whether a peering request becomes a connection, and writes the claim of
 * one that does.
 *
 * @param mends what somebody has taken away of the connection; null where the run has another
 *     reason
 * @param execution its name
 */
public record Admit(Aws aws, PeeringId id, @Nullable Mending mends, String execution) {

  /** What becomes of it. */
  public AdmitAnswer answer() {
    HubNetwork network = aws.hub(id);
    Complete<Peering> live = network.livePeerings();
    Peering peering =
        live.items().stream()
            .filter(seen -> seen.id().equals(id))
            .findFirst()
            .or(() -> network.peering(id))
            .orElseThrow(() -> new UnknownPeering(id + " is not visible in the hub account"));
    Optional<String> outOfScope = Parties.outOfScope(peering, hubVpc());
    if (outOfScope.isPresent()) {
      return AdmitAnswer.nothing(outOfScope.get());
    }
    return new RepeatedRemovals(network, peering, execution, aws.now())
        .counted(mends, decided(network, peering, live))
        .knowing(peering)
        .asked(peering.asked() == null ? 0 : peering.asked());
  }

  private AdmitAnswer decided(HubNetwork network, Peering peering, Complete<Peering> live) {
    Settings settings = aws.settings();
    Optional<String> end = Withdrawal.inAnyCase(peering, settings);
    if (end.isPresent()) {
      return AdmitAnswer.over(end.get());
    }
    VpcSide service = Parties.service(peering, hubVpc());
    Membership membership = aws.membership(service.account(), id);
    VpcSight sight = sight(service, membership);
    Vpc hub = ClaimWriter.seen(network, hubVpc(), hubAccount(peering));
    // With what was claimed before somebody took the claim off: neither more nor less.
    Peering known =
        LostClaim.isLost(peering)
            ? LostClaim.found(peering, network.routeTables(hubVpc()), cidrsOf(sight))
            : peering;
    Admission.Outcome outcome =
        Admission.decide(
            AdmissionFacts.of(known, hub, membership, sight, live, settings), settings);
    aws.say(outcome.toString());
    boolean restores = LostClaim.isRestored(peering, known, mends);
    ClaimWriter claim = new ClaimWriter(aws, network, peering, sight, membership, execution);
    return switch (outcome) {
      case Admission.Outcome.Admitted(Connection admitted) ->
          claim
              .write(admitted, List.of())
              .map(AdmitAnswer::over)
              .orElseGet(
                  () ->
                      restores
                          ? restored(admitted)
                          : admitted(peering, claim, admitted, List.of()));
      case Admission.Outcome.AdmittedInPart(Connection admitted, List<Cidr> leftOut, Refusal why) ->
          claim
              .write(admitted, leftOut)
              .map(AdmitAnswer::over)
              .orElseGet(
                  () ->
                      restores
                          ? restored(admitted)
                          : inPart(peering, claim, admitted, leftOut, why));
      case Admission.Outcome.Refused(Refusal refusal) ->
          AdmitAnswer.refused(noted(network, peering, refusal));
      case Admission.Outcome.WaitingForApproval() -> waiting(network, peering, sight);
      case Admission.Outcome.Over(String reason) -> AdmitAnswer.over(reason);
      case Admission.Outcome.NothingToDo(String reason) -> AdmitAnswer.nothing(reason);
    };
  }

  // An account that may not connect cannot be entered either; its VPC stays unseen.
  private VpcSight sight(VpcSide service, Membership membership) {
    Optional<String> objection =
        Eligibility.objection(service.account(), membership, aws.settings());
    return objection.isPresent()
        ? new VpcSight.Unknown(objection.get())
        : new VpcSight.Seen(
            ClaimWriter.seen(aws.inside(service, id), service.vpc(), service.account()));
  }

  private static AdmitAnswer waiting(HubNetwork network, Peering peering, VpcSight sight) {
    Map<String, String> mark = Claims.missingMarkOfWaiting(peering, Claims.wantsConnection(sight));
    if (!mark.isEmpty()) {
      network.ensureTagged(peering.id(), mark);
    }
    return AdmitAnswer.told(
        AdmitAnswer.Outcome.WAITING_FOR_APPROVAL, Notice.waiting(peering.id(), cidrsOf(sight)));
  }

  // Before the request is rejected, so that no run can find it gone and the note not there. Without
  // room for the note it is rejected all the same.
  private Refusal noted(HubNetwork network, Peering peering, Refusal refusal) {
    VpcId service = Parties.service(peering, hubVpc()).vpc();
    return !Decision.isRefused(peering) || network.ensureRefused(hubVpc(), service, peering.id())
        ? refusal
        : new Refusal(refusal.rule(), refusal.reason() + Decision.unnoted(service, hubVpc()));
  }

  // People have heard of the connection, and of what was left out of it.
  private AdmitAnswer restored(Connection connection) {
    return AdmitAnswer.restored(
        connection,
        mends != null && mends.tags() && mends.tell()
            ? RestoredNotice.tags(connection, mends)
            : null);
  }

  // Of a connection that is there as it was admitted before, people have heard: that it is
  // connected, or what was in its way.
  private static AdmitAnswer admitted(
      Peering peering, ClaimWriter claim, Connection connection, List<Cidr> leftOut) {
    boolean asBefore =
        peering.status() == PeeringStatus.ACTIVE && claim.missing(connection, leftOut).isEmpty();
    return AdmitAnswer.admitted(
        !asBefore
            ? AdmitAnswer.Outcome.ADMITTED
            : peering.isObstructed()
                ? AdmitAnswer.Outcome.OBSTRUCTED
                : AdmitAnswer.Outcome.STILL_ADMITTED,
        connection);
  }

  // Told once: the next run finds the note on the peering connection.
  private static AdmitAnswer inPart(
      Peering peering, ClaimWriter claim, Connection connection, List<Cidr> leftOut, Refusal why) {
    return peering.leftOut().equals(leftOut)
        ? admitted(peering, claim, connection, leftOut)
        : AdmitAnswer.inPart(connection, Notice.leftOut(connection, leftOut, why));
  }

  private AccountId hubAccount(Peering peering) {
    return peering.accepter().vpc().equals(hubVpc())
        ? peering.accepter().account()
        : peering.requester().account();
  }

  private VpcId hubVpc() {
    return aws.settings().hubVpc();
  }

  private static List<Cidr> cidrsOf(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc) ? vpc.cidrs() : List.of();
  }
}
