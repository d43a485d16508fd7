package io.peerway.functions.connect;

import io.peerway.functions.PeeringInput;
import io.peerway.functions.Sources;
import io.peerway.functions.Step;
import io.peerway.functions.connect.AdmitAnswer.Outcome;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by our own reads whether a peering request becomes a connection, and writes the claim of
 * one that does.
 */
public final class AdmitHandler extends Step<AdmitHandler.Request, AdmitAnswer> {
  private static final Logger LOG = LoggerFactory.getLogger(AdmitHandler.class);

  /**
   * Which request.
   *
   * @param input the execution's own; absent where the function is invoked by hand
   */
  record Request(PeeringId peeringId, @Nullable Started input, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }

    @Nullable Mending mends() {
      return input == null ? null : input.mends();
    }
  }

  /**
   * What the execution was started with, besides the peering id.
   *
   * @param mends what somebody has taken away of the connection
   */
  record Started(@Nullable Mending mends) {}

  private final Settings settings;
  private final Sources sources;
  private final Clock clock;

  public AdmitHandler() {
    this(Sources.of(System.getenv()), Clock.systemUTC());
  }

  public AdmitHandler(Sources sources, Clock clock) {
    super(Request.class);
    this.settings = sources.settings();
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  protected AdmitAnswer run(Request request) {
    PeeringId id = request.peeringId();
    HubNetwork network = sources.hub().apply(id);
    Complete<Peering> live = network.livePeerings();
    Peering peering =
        live.items().stream()
            .filter(seen -> seen.id().equals(id))
            .findFirst()
            .or(() -> network.peering(id))
            .orElseThrow(() -> new UnknownPeering(id + " is not visible in the hub account"));
    Optional<String> outOfScope = Parties.outOfScope(peering, settings.hubVpc());
    if (outOfScope.isPresent()) {
      return AdmitAnswer.nothing(outOfScope.get());
    }
    return new RepeatedRemovals(network, peering, request.execution(), clock.instant())
        .counted(request.mends(), decided(network, request, peering, live))
        .knowing(peering);
  }

  private AdmitAnswer decided(
      HubNetwork network, Request request, Peering peering, Complete<Peering> live) {
    Optional<String> end = Withdrawal.inAnyCase(peering, settings);
    if (end.isPresent()) {
      return AdmitAnswer.over(end.get());
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    Membership membership = sources.membership(service.account(), peering.id());
    VpcSight sight = sight(service, membership, peering.id());
    Vpc hubVpc = ClaimWriter.seen(network, settings.hubVpc(), hubAccount(peering));
    // With what was claimed before somebody took the claim off: neither more nor less.
    Peering known =
        LostClaim.isLost(peering)
            ? LostClaim.found(peering, network.routeTables(settings.hubVpc()), cidrsOf(sight))
            : peering;
    Admission.Outcome outcome =
        Admission.decide(
            AdmissionFacts.of(known, hubVpc, membership, sight, live, settings), settings);
    LOG.info("{}", outcome);
    boolean restores = LostClaim.isRestored(peering, known, request.mends());
    ClaimWriter claim = new ClaimWriter(sources, network, peering, sight);
    return switch (outcome) {
      case Admission.Outcome.Admitted(Connection admitted) ->
          claim
              .write(admitted, List.of())
              .map(AdmitAnswer::over)
              .orElseGet(
                  () ->
                      restores
                          ? restored(request, admitted)
                          : admitted(peering, claim, admitted, List.of()));
      case Admission.Outcome.AdmittedInPart(Connection admitted, List<Cidr> leftOut, Refusal why) ->
          claim
              .write(admitted, leftOut)
              .map(AdmitAnswer::over)
              .orElseGet(
                  () ->
                      restores
                          ? restored(request, admitted)
                          : inPart(peering, claim, admitted, leftOut, why));
      case Admission.Outcome.Refused(Refusal refusal) ->
          AdmitAnswer.refused(noted(network, peering, refusal));
      case Admission.Outcome.WaitingForApproval() -> waiting(network, peering, sight);
      case Admission.Outcome.Over(String reason) -> AdmitAnswer.over(reason);
      case Admission.Outcome.NothingToDo(String reason) -> AdmitAnswer.nothing(reason);
    };
  }

  // An account that may not connect cannot be entered either; its VPC stays unseen.
  private VpcSight sight(VpcSide service, Membership membership, PeeringId onBehalfOf) {
    Optional<String> objection = Eligibility.objection(service.account(), membership, settings);
    return objection.isPresent()
        ? new VpcSight.Unknown(objection.get())
        : new VpcSight.Seen(
            ClaimWriter.seen(
                sources.services().network(service.account(), service.region(), onBehalfOf),
                service.vpc(),
                service.account()));
  }

  private static AdmitAnswer waiting(HubNetwork network, Peering peering, VpcSight sight) {
    Map<String, String> mark = Claims.missingMarkOfWaiting(peering, Claims.wantsConnection(sight));
    if (!mark.isEmpty()) {
      network.ensureTagged(peering.id(), mark);
    }
    return AdmitAnswer.told(
        Outcome.WAITING_FOR_APPROVAL, Notice.waiting(peering.id(), cidrsOf(sight)));
  }

  // Before the request is rejected, so that no run can find it gone and the note not there. Without
  // room for the note it is rejected all the same.
  private Refusal noted(HubNetwork network, Peering peering, Refusal refusal) {
    VpcId service = Parties.service(peering, settings.hubVpc()).vpc();
    return !Decision.isRefused(peering)
            || network.ensureRefused(settings.hubVpc(), service, peering.id())
        ? refusal
        : new Refusal(
            refusal.rule(), refusal.reason() + Decision.unnoted(service, settings.hubVpc()));
  }

  // People have heard of the connection, and of what was left out of it.
  private static AdmitAnswer restored(Request request, Connection connection) {
    Mending mends = request.mends();
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
            ? Outcome.ADMITTED
            : peering.isObstructed() ? Outcome.OBSTRUCTED : Outcome.STILL_ADMITTED,
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
    return peering.accepter().vpc().equals(settings.hubVpc())
        ? peering.accepter().account()
        : peering.requester().account();
  }

  private static List<Cidr> cidrsOf(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc) ? vpc.cidrs() : List.of();
  }
}
