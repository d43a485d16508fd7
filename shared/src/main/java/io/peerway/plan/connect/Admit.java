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
import io.peerway.model.port.Network;
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
import io.peerway.plan.freeze.Freeze;
import io.peerway.plan.freeze.FrozenNote;
import io.peerway.plan.freeze.Gate;
import io.peerway.plan.notices.FreezeNotice;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.notices.RestoredNotice;
import io.peerway.plan.notices.Status;
import io.peerway.plan.notices.StatusTag;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.rules.LostClaim;
import io.peerway.plan.rules.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by our own reads whether a peering request becomes a connection, and writes the claim of
 * one that does.
 *
 * @param mends what somebody has taken away of the connection; null where the run has another
 *     reason
 * @param execution its name
 * @param gate what a freeze lets it do
 */
public record Admit(Aws aws, PeeringId id, @Nullable Mending mends, String execution, Gate gate) {

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
    return new RepeatedRemovals(
            network, peering, Parties.service(peering, hubVpc()), execution, aws.now())
        .counted(mends, decided(network, peering, live))
        .knowing(peering)
        .asked(peering.asked() == null ? 0 : peering.asked());
  }

  private AdmitAnswer decided(HubNetwork network, Peering peering, Complete<Peering> live) {
    Settings settings = aws.settings();
    Optional<String> end = Withdrawal.inAnyCase(peering, settings);
    if (end.isPresent()) {
      return AdmitAnswer.over(end.get()).handing(gate.unasked());
    }
    VpcSide service = Parties.service(peering, hubVpc());
    Membership membership = aws.membership(service.account(), id);
    Network inside = aws.inside(service, id);
    VpcSight sight = sight(inside, service, membership);
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
    AdmitAnswer answer = answer(network, peering, sight, outcome, claim, restores);
    return answer.saying(
        said(new StatusTag(inside, service.vpc(), aws.log()), peering, sight, answer));
  }

  private AdmitAnswer answer(
      HubNetwork network,
      Peering peering,
      VpcSight sight,
      Admission.Outcome outcome,
      ClaimWriter claim,
      boolean restores) {
    return switch (outcome) {
      case Admission.Outcome.Admitted(Connection admitted) ->
          unlessFrozen(
              claim,
              admitted,
              List.of(),
              restores,
              () -> restores ? restored(admitted) : admitted(peering, claim, admitted, List.of()));
      case Admission.Outcome.AdmittedInPart(Connection admitted, List<Cidr> leftOut, Refusal why) ->
          unlessFrozen(
              claim,
              admitted,
              leftOut,
              restores,
              () -> restores ? restored(admitted) : inPart(peering, claim, admitted, leftOut, why));
      case Admission.Outcome.Refused(Refusal refusal) ->
          AdmitAnswer.refused(noted(network, peering, refusal));
      case Admission.Outcome.WaitingForApproval() -> waiting(network, peering, sight);
      case Admission.Outcome.Over(String reason) ->
          AdmitAnswer.over(reason).handing(gate.unasked());
      case Admission.Outcome.NothingToDo(String reason) -> AdmitAnswer.nothing(reason);
    };
  }

  // The claim is the first thing that is changed, and whoever has it goes on to the end.
  private AdmitAnswer unlessFrozen(
      ClaimWriter claim,
      Connection admitted,
      List<Cidr> leftOut,
      boolean restores,
      Supplier<AdmitAnswer> told) {
    Freeze freeze = gate.freeze();
    FrozenNote note = new FrozenNote(aws.hub(id), claim.peering());
    if (freeze.holds()) {
      return frozen(note, freeze, admitted, !restores && claim.asksForMore(admitted, leftOut));
    }
    AdmitAnswer answer =
        claim.write(admitted, leftOut).map(AdmitAnswer::over).orElseGet(told).in(freeze);
    note.lift();
    return answer;
  }

  // What is only to be mended reconcile lists, and mends when the freeze is over.
  private AdmitAnswer frozen(
      FrozenNote note, Freeze freeze, Connection admitted, boolean isAskedFor) {
    aws.say(freeze.words());
    if (!isAskedFor || !note.isNew(aws.now(), freeze)) {
      return AdmitAnswer.stillFrozen(freeze.words());
    }
    return AdmitAnswer.told(
        AdmitAnswer.Outcome.FROZEN,
        note.peering().status().isPending()
            ? FreezeNotice.request(admitted, freeze.words())
            : FreezeNotice.change(admitted, freeze.words()));
  }

  // What the tag says when it is written at last. Of one that is new nothing is said before: the
  // request is decided in a moment.
  private String said(StatusTag tag, Peering peering, VpcSight sight, AdmitAnswer answer) {
    if (!(sight instanceof VpcSight.Seen(Vpc vpc))) {
      return "";
    }
    Optional<Status> status =
        switch (answer.outcome()) {
          case REFUSED -> Optional.ofNullable(answer.refusal()).map(Status::refused);
          case WAITING_FOR_APPROVAL -> Optional.of(Status.waiting(Status.WaitsFor.APPROVAL));
          case FROZEN, STILL_FROZEN ->
              peering.status().isPending()
                  ? Optional.of(Status.waiting(Status.WaitsFor.FREEZE))
                  : Optional.empty();
          case ADMITTED, ADMITTED_IN_PART ->
              vpc.status().isEmpty() || !peering.status().isPending()
                  ? Optional.empty()
                  : Optional.of(Status.connecting(id));
          case OBSTRUCTED, STILL_ADMITTED, OVER, LEFT_TO_RECONCILE, NOTHING_TO_DO ->
              Optional.empty();
        };
    status.ifPresent(news -> tag.say(vpc.status(), news));
    return status.map(Status::text).orElse(vpc.status());
  }

  // An account that may not connect cannot be entered either; its VPC stays unseen.
  private VpcSight sight(Network inside, VpcSide service, Membership membership) {
    Optional<String> objection =
        Eligibility.objection(service.account(), membership, aws.settings());
    return objection.isPresent()
        ? new VpcSight.Unknown(objection.get())
        : new VpcSight.Seen(ClaimWriter.seen(inside, service.vpc(), service.account()));
  }

  private AdmitAnswer waiting(HubNetwork network, Peering peering, VpcSight sight) {
    Map<String, String> mark = Claims.missingMarkOfWaiting(peering, Claims.wantsConnection(sight));
    if (!mark.isEmpty()) {
      network.ensureTagged(peering.id(), mark);
    }
    return AdmitAnswer.told(
        AdmitAnswer.Outcome.WAITING_FOR_APPROVAL,
        Notice.waiting(peering.id(), asking(peering, sight)));
  }

  private VpcSide asking(Peering peering, VpcSight sight) {
    return Parties.connection(peering, hubVpc(), List.of(), cidrsOf(sight)).service();
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
