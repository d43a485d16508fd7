package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.AccountId;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Network;
import io.peerway.model.Organization;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.Tags;
import io.peerway.model.Vpc;
import io.peerway.model.VpcId;
import io.peerway.model.VpcSide;
import io.peerway.model.VpcSight;
import io.peerway.model.error.NotYetVisible;
import io.peerway.plan.Admission;
import io.peerway.plan.Admission.Outcome;
import io.peerway.plan.AdmissionFacts;
import io.peerway.plan.Eligibility;
import io.peerway.plan.Notice;
import io.peerway.plan.Parties;
import io.peerway.plan.Refusal;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by our own reads whether a peering request becomes a connection, and writes the claim of
 * one that does.
 */
public final class AdmitHandler extends Step<AdmitHandler.Request, AdmitHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(AdmitHandler.class);

  record Request(PeeringId peeringId, @Nullable String execution) implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }
  }

  /** What the workflow branches on, and what the branch needs. */
  record Answer(
      String outcome,
      @Nullable Connection connection,
      @Nullable Refusal refusal,
      @Nullable Notice notice,
      @Nullable String reason) {}

  private final Settings settings;
  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;
  private final Organization organization;

  public AdmitHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private AdmitHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts(), aws.organization());
  }

  AdmitHandler(
      Settings settings,
      Function<Subject, Network> hub,
      ServiceAccounts services,
      Organization organization) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
    this.organization = organization;
  }

  @Override
  Answer run(Request request) {
    PeeringId id = request.peeringId();
    Network network = hub.apply(id);
    Complete<Peering> live = network.livePeerings();
    Peering peering =
        find(live, id)
            .or(() -> network.peering(id))
            .orElseThrow(() -> new NotYetVisible(id + " is not visible in the hub account"));
    Optional<String> outOfScope = Parties.outOfScope(peering, settings.hubVpc());
    return outOfScope.isPresent()
        ? answered(id, new Outcome.NothingToDo(outOfScope.get()))
        : decided(network, peering, live);
  }

  private Answer decided(Network network, Peering peering, Complete<Peering> live) {
    VpcSide service = Parties.service(peering, settings.hubVpc());
    Membership membership =
        organization.membership(
            service.account(), !settings.allowedUnits().isEmpty(), peering.id());
    // An account that may not connect cannot be entered either; its VPC stays unseen.
    Optional<String> objection = Eligibility.objection(service.account(), membership, settings);
    VpcSight sight =
        objection.isPresent()
            ? new VpcSight.Unknown(objection.get())
            : new VpcSight.Seen(
                seen(
                    services.network(service.account(), service.region(), peering.id()),
                    service.vpc(),
                    service.account()));
    List<Cidr> hubCidrs = seen(network, settings.hubVpc(), hubAccount(peering)).cidrs();
    settings.checkAgainstHub(hubCidrs);
    Connection connection =
        Parties.connection(peering, settings.hubVpc(), hubCidrs, cidrsOf(sight));
    Outcome outcome =
        Admission.decide(
            new AdmissionFacts(peering, connection, membership, sight, live), settings);
    if (outcome instanceof Outcome.Admitted
        && sight instanceof VpcSight.Seen(Vpc vpc)
        && claim(network, peering, vpc)) {
      return answered(peering.id(), confirmed(outcome, peering, vpc));
    }
    return answered(peering.id(), outcome);
  }

  // Whoever looks from now on finds in the claim that the tag has asked. Whoever saw the tag go off
  // just before could not know: what they saw is read here.
  private Outcome confirmed(Outcome outcome, Peering peering, Vpc before) {
    if (!before.wantsConnection()) {
      return outcome;
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    Vpc now =
        seen(
            services.network(service.account(), service.region(), peering.id()),
            service.vpc(),
            service.account());
    return now.wantsConnection()
        ? outcome
        : new Outcome.Over(now.id() + " has lost the tag " + Tags.CONNECT + "=true meanwhile");
  }

  private static Answer answered(PeeringId id, Outcome outcome) {
    LOG.info("{}", outcome);
    return switch (outcome) {
      case Outcome.Admitted(Connection connection) ->
          new Answer("ADMITTED", connection, null, null, null);
      case Outcome.Refused(Refusal refusal) -> new Answer("REFUSED", null, refusal, null, null);
      case Outcome.WaitingForApproval() ->
          new Answer("WAITING_FOR_APPROVAL", null, null, Notice.waiting(id), null);
      case Outcome.Over(String reason) -> new Answer("OVER", null, null, null, reason);
      case Outcome.NothingToDo(String reason) ->
          new Answer("NOTHING_TO_DO", null, null, null, reason);
    };
  }

  private AccountId hubAccount(Peering peering) {
    return peering.accepter().vpc().equals(settings.hubVpc())
        ? peering.accepter().account()
        : peering.requester().account();
  }

  /** Whether the claim had to be written. */
  private static boolean claim(Network network, Peering peering, Vpc vpc) {
    boolean byTag = "tag".equals(peering.tags().get(Tags.BY)) || vpc.wantsConnection();
    boolean claimed =
        peering.claim().equals(vpc.cidrs()) && byTag == "tag".equals(peering.tags().get(Tags.BY));
    if (!claimed) {
      network.ensureClaimed(peering.id(), vpc.cidrs(), byTag);
    }
    return !claimed;
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
