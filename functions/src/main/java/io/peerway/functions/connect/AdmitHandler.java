package io.peerway.functions.connect;

import io.peerway.functions.PeeringInput;
import io.peerway.functions.Sources;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Mending;
import io.peerway.model.Parties;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.UnknownPeering;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
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
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.admission.Admission.Outcome;
import io.peerway.plan.admission.Claims;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.notices.Restorations;
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
public final class AdmitHandler extends Step<AdmitHandler.Request, AdmitHandler.Answer> {
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

  /**
   * What the workflow branches on, and what the branch needs.
   *
   * @param restored what people are told once all is in force again that somebody had taken away
   * @param slips the value of the tag that says which slips people were told of
   */
  record Answer(
      String outcome,
      @Nullable Connection connection,
      @Nullable Refusal refusal,
      @Nullable Notice notice,
      @Nullable String reason,
      @Nullable Notice restored,
      String slips) {
    Answer(
        String outcome,
        @Nullable Connection connection,
        @Nullable Refusal refusal,
        @Nullable Notice notice,
        @Nullable String reason) {
      this(outcome, connection, refusal, notice, reason, null, "");
    }

    private Answer knowing(Peering peering) {
      String told = peering.tags().getOrDefault(Tags.SLIPS, "");
      return new Answer(outcome, connection, refusal, notice, reason, restored, told);
    }
  }

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
  protected Answer run(Request request) {
    PeeringId id = request.peeringId();
    HubNetwork network = sources.hub().apply(id);
    Complete<Peering> live = network.livePeerings();
    Peering peering =
        find(live, id)
            .or(() -> network.peering(id))
            .orElseThrow(() -> new UnknownPeering(id + " is not visible in the hub account"));
    Optional<String> outOfScope = Parties.outOfScope(peering, settings.hubVpc());
    return outOfScope.isPresent()
        ? nothing(outOfScope.get())
        : mended(network, request, peering, decided(network, request, peering, live))
            .knowing(peering);
  }

  // What others remove again and again is not restored every time.
  private Answer mended(HubNetwork network, Request request, Peering peering, Answer answer) {
    Mending mends = request.mends();
    if (mends == null || mends.tags() || !answer.outcome().equals("STILL_ADMITTED")) {
      return answer;
    }
    String execution = Objects.requireNonNullElse(request.execution(), "none");
    Restorations before = Restorations.of(peering, clock.instant());
    Restorations now = before.and(execution, clock.instant());
    if (!now.equals(before)) {
      network.ensureTagged(peering.id(), Map.of(Tags.RESTORED, now.tagValue()));
    }
    if (!now.isLeftToTheHourlyRun()) {
      return answer;
    }
    return now.isToldBy(execution)
        ? new Answer(
            "LEFT_TO_RECONCILE",
            null,
            null,
            RestoredNotice.removedAgainAndAgain(peering.id(), mends),
            null)
        : nothing(peering.id() + " is taken apart again and again: the hourly run restores it");
  }

  private Answer decided(
      HubNetwork network, Request request, Peering peering, Complete<Peering> live) {
    Optional<String> end = Withdrawal.inAnyCase(peering, settings);
    if (end.isPresent()) {
      return new Answer("OVER", null, null, null, end.get());
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    Membership membership = sources.membership(service.account(), peering.id());
    // An account that may not connect cannot be entered either; its VPC stays unseen.
    Optional<String> objection = Eligibility.objection(service.account(), membership, settings);
    VpcSight sight =
        objection.isPresent()
            ? new VpcSight.Unknown(objection.get())
            : new VpcSight.Seen(
                seen(
                    sources.services().network(service.account(), service.region(), peering.id()),
                    service.vpc(),
                    service.account()));
    Vpc hubVpc = seen(network, settings.hubVpc(), hubAccount(peering));
    settings.checkAgainstHub(hubVpc.cidrs());
    Connection connection =
        Parties.connection(peering, settings.hubVpc(), hubVpc.cidrs(), cidrsOf(sight));
    // With what was claimed before somebody took the claim off, so that it is neither more nor
    // less.
    Peering known =
        LostClaim.isLost(peering)
            ? LostClaim.found(peering, network.routeTables(settings.hubVpc()), cidrsOf(sight))
            : peering;
    Outcome outcome =
        Admission.decide(
            new AdmissionFacts(
                known, connection, hubVpc, membership, sight, LostClaim.in(live, known)),
            settings);
    LOG.info("{}", outcome);
    boolean restores = LostClaim.isRestored(peering, known, request.mends());
    return switch (outcome) {
      case Outcome.Admitted(Connection admitted) ->
          claimed(network, peering, sight, admitted, List.of())
              .orElseGet(
                  () ->
                      restores
                          ? restored(request, admitted)
                          : admitted(peering, sight, admitted, List.of()));
      case Outcome.AdmittedInPart(Connection admitted, List<Cidr> leftOut, Refusal why) ->
          claimed(network, peering, sight, admitted, leftOut)
              .orElseGet(
                  () ->
                      restores
                          ? restored(request, admitted)
                          : inPart(peering, sight, admitted, leftOut, why));
      case Outcome.Refused(Refusal refusal) ->
          new Answer("REFUSED", null, noted(network, peering, refusal), null, null);
      case Outcome.WaitingForApproval() -> {
        Map<String, String> mark = Claims.missingMarkOfWaiting(peering, wantsConnection(sight));
        if (!mark.isEmpty()) {
          network.ensureTagged(peering.id(), mark);
        }
        yield new Answer(
            "WAITING_FOR_APPROVAL", null, null, Notice.waiting(peering.id(), cidrsOf(sight)), null);
      }
      case Outcome.Over(String reason) -> new Answer("OVER", null, null, null, reason);
      case Outcome.NothingToDo(String reason) -> nothing(reason);
    };
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
  private static Answer restored(Request request, Connection connection) {
    Mending mends = request.mends();
    Notice told =
        mends != null && mends.tags() && mends.tell()
            ? RestoredNotice.tags(connection, mends)
            : null;
    return new Answer("STILL_ADMITTED", connection, null, null, null, told, "");
  }

  // Of a connection that is there as it was admitted before, people have heard: that it is
  // connected, or what was in its way.
  private static Answer admitted(
      Peering peering, VpcSight sight, Connection connection, List<Cidr> leftOut) {
    boolean asBefore =
        peering.status() == PeeringStatus.ACTIVE
            && Claims.missingTags(
                    peering, connection.service().cidrs(), leftOut, wantsConnection(sight))
                .isEmpty();
    String outcome =
        !asBefore ? "ADMITTED" : peering.isObstructed() ? "OBSTRUCTED" : "STILL_ADMITTED";
    return new Answer(outcome, connection, null, null, null);
  }

  // Told once: the next run finds the note on the peering connection.
  private static Answer inPart(
      Peering peering, VpcSight sight, Connection connection, List<Cidr> leftOut, Refusal why) {
    return peering.leftOut().equals(leftOut)
        ? admitted(peering, sight, connection, leftOut)
        : new Answer(
            "ADMITTED_IN_PART", connection, null, Notice.leftOut(connection, leftOut, why), null);
  }

  /**
   * Writes what was admitted on the peering connection.
   *
   * @return what to answer instead where the VPC has changed meanwhile
   */
  private Optional<Answer> claimed(
      HubNetwork network,
      Peering peering,
      VpcSight sight,
      Connection connection,
      List<Cidr> leftOut) {
    boolean byTag = wantsConnection(sight);
    Map<String, String> missing =
        Claims.missingTags(peering, connection.service().cidrs(), leftOut, byTag);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    network.ensureTagged(peering.id(), missing);
    // Whoever looks from now on finds in the claim what was admitted, and that the tag has asked.
    // Whoever saw the VPC change just before could not know: what they saw is read here. (Only a
    // first claim that no tag has asked for is not read again: its CIDRs may lag behind until
    // reconcile.)
    return byTag || LostClaim.isLost(peering) || !peering.claim().isEmpty()
        ? changed(connection, sight)
        : Optional.empty();
  }

  private Optional<Answer> changed(Connection connection, VpcSight before) {
    VpcSide service = connection.service();
    Vpc now =
        seen(
            sources.services().network(service.account(), service.region(), connection.peeringId()),
            service.vpc(),
            service.account());
    if (wantsConnection(before) && !now.wantsConnection()) {
      return Optional.of(
          new Answer(
              "OVER",
              null,
              null,
              null,
              now.id() + " has lost the tag " + Tags.CONNECT + "=true meanwhile"));
    }
    if (!now.cidrs().equals(cidrsOf(before))) {
      throw new NotYetVisible(
          now.id() + " has changed from " + cidrsOf(before) + " to " + now.cidrs() + " meanwhile");
    }
    return Optional.empty();
  }

  private static Answer nothing(String reason) {
    return new Answer("NOTHING_TO_DO", null, null, null, reason);
  }

  private static boolean wantsConnection(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc) && vpc.wantsConnection();
  }

  private AccountId hubAccount(Peering peering) {
    return peering.accepter().vpc().equals(settings.hubVpc())
        ? peering.accepter().account()
        : peering.requester().account();
  }

  private static List<Cidr> cidrsOf(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc) ? vpc.cidrs() : List.of();
  }

  private static Vpc seen(Network network, VpcId id, AccountId owner) {
    return network
        .vpc(id)
        .filter(vpc -> vpc.owner().equals(owner))
        .orElseThrow(() -> new NotYetVisible(id + " is not visible in account " + owner));
  }

  private static Optional<Peering> find(Complete<Peering> live, PeeringId id) {
    return live.items().stream().filter(peering -> peering.id().equals(id)).findFirst();
  }
}
