package io.peerway.functions.disconnect;

import io.peerway.functions.PeeringInput;
import io.peerway.functions.Sources;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.Parties;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.Decision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by our own reads whether a connection has to end, and withdraws the claim of one that
 * does.
 */
public final class WithdrawHandler extends Step<WithdrawHandler.Request, WithdrawHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(WithdrawHandler.class);

  record Request(PeeringId peeringId, @Nullable String execution) implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }
  }

  /**
   * What is to be done.
   *
   * @param connection with nothing to reach at either end
   * @param repeated whether it had no claim before: another run has taken it away, or is about to
   */
  record Answer(
      Outcome outcome, String reason, @Nullable Connection connection, boolean repeated) {}

  /** What the workflow branches on. */
  enum Outcome {
    WITHDRAWN,
    NOTHING_TO_DO,
    /** The reason went away before anything, or while the claim, was taken off. */
    WANTED_AGAIN
  }

  private final Settings settings;
  private final Sources sources;

  public WithdrawHandler() {
    this(Sources.of(System.getenv()));
  }

  public WithdrawHandler(Sources sources) {
    super(Request.class);
    this.settings = sources.settings();
    this.sources = sources;
  }

  @Override
  protected Answer run(Request request) {
    HubNetwork network = sources.hub().apply(request.peeringId());
    Optional<Peering> seen = network.peering(request.peeringId());
    Answer answer =
        seen.isEmpty()
            ? nothing(request.peeringId() + " is not shown by EC2 (any more)")
            : decided(network, seen.get());
    LOG.info("{}: {}", answer.outcome(), answer.reason());
    return answer;
  }

  private Answer decided(HubNetwork network, Peering peering) {
    if (!peering.joins(settings.hubVpc())) {
      return nothing(peering.id() + " is not a peering connection of the hub VPC");
    }
    Optional<String> reason = reason(network, peering).or(() -> shutOut(network, peering));
    // The tag was off when connect looked, and is on again.
    if (reason.isEmpty() && peering.status().isPending() && peering.isByTag()) {
      return new Answer(Outcome.WANTED_AGAIN, peering.id() + " waits to be accepted", null, false);
    }
    if (reason.isEmpty()) {
      return nothing(
          peering.id() + " is " + peering.status().code() + " and nothing stands against it");
    }
    boolean noted = !Decision.isRefused(peering) || isNoted(network, peering);
    // One whose claim was lost as well: what is not withdrawn is kept by every NAT set.
    if (peering.isClaimed() || peering.isUnclaimed()) {
      network.ensureWithdrawn(peering.id());
      // Whoever looks from now on misses the claim and starts connect. Whoever looked just before
      // has seen it and was content: what they saw is read here.
      if (reason(network, peering).isEmpty()) {
        return new Answer(Outcome.WANTED_AGAIN, peering.id() + " is wanted again", null, false);
      }
    }
    return new Answer(
        Outcome.WITHDRAWN,
        noted ? reason.get() : reason.get() + unnoted(peering),
        Parties.connection(peering, settings.hubVpc(), List.of(), List.of()).withdrawn(),
        !peering.isClaimed());
  }

  // Whatever comes of it, the connection ends: the note only keeps its VPC from asking again.
  private boolean isNoted(HubNetwork network, Peering peering) {
    VpcId service = Parties.service(peering, settings.hubVpc()).vpc();
    return network.vpc(settings.hubVpc()).filter(hub -> hub.hasRefused(service)).isPresent()
        || network.ensureRefused(settings.hubVpc(), service, peering.id());
  }

  private String unnoted(Peering peering) {
    return Decision.unnoted(Parties.service(peering, settings.hubVpc()).vpc(), settings.hubVpc());
  }

  private Optional<String> reason(HubNetwork network, Peering peering) {
    VpcSide service = Parties.service(peering, settings.hubVpc());
    return Withdrawal.reason(
        peering,
        () -> hubVpc(network),
        () -> sources.membership(service.account(), peering.id()),
        () -> sight(peering, service),
        settings);
  }

  // The reason it began to end for is gone, and it cannot be admitted again: without its claim, its
  // addresses may be another's by now.
  private Optional<String> shutOut(HubNetwork network, Peering peering) {
    if (!Withdrawal.isHalfEnded(peering)) {
      return Optional.empty();
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    if (!(sight(peering, service) instanceof VpcSight.Seen seen)) {
      return Optional.empty();
    }
    AdmissionFacts facts =
        AdmissionFacts.of(
            peering,
            hubVpc(network),
            sources.membership(service.account(), peering.id()),
            seen,
            network.livePeerings(),
            settings);
    return Admission.decide(facts, settings) instanceof Admission.Outcome.Over(String why)
        ? Optional.of(why)
        : Optional.empty();
  }

  private Vpc hubVpc(HubNetwork network) {
    return network
        .vpc(settings.hubVpc())
        .orElseThrow(
            () -> new NotYetVisible(settings.hubVpc() + " is not visible in the hub account"));
  }

  // Only the account's owner may keep us from looking: any other failure is thrown as it is.
  private VpcSight sight(Peering peering, VpcSide service) {
    try {
      return sources
          .services()
          .network(service.account(), service.region(), peering.id())
          .vpc(service.vpc())
          .<VpcSight>map(VpcSight.Seen::new)
          .orElseGet(VpcSight.Gone::new);
    } catch (Denied | NotYetOpen owner) {
      if (Withdrawal.hangsOnVpc(peering)) {
        throw new Denied(Withdrawal.undecided(peering, service, owner.getMessage()), owner);
      }
      return new VpcSight.Unknown(String.valueOf(owner.getMessage()));
    }
  }

  private static Answer nothing(String reason) {
    return new Answer(Outcome.NOTHING_TO_DO, reason, null, false);
  }
}
