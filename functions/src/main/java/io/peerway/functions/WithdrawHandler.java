package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Network;
import io.peerway.model.Organization;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.VpcId;
import io.peerway.model.VpcSide;
import io.peerway.model.VpcSight;
import io.peerway.model.error.Denied;
import io.peerway.plan.Decision;
import io.peerway.plan.Eligibility;
import io.peerway.plan.Parties;
import io.peerway.plan.Settings;
import io.peerway.plan.Withdrawal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by our own reads whether a connection has to end, and takes the claim off one that does.
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
   * @param outcome {@code WITHDRAWN}, {@code NOTHING_TO_DO}, or {@code WANTED_AGAIN} where the
   *     reason went away before anything, or while the claim, was taken off
   * @param connection with nothing to reach at either end
   * @param repeated whether its claim was off before: another run has taken it away, or is about to
   */
  record Answer(String outcome, String reason, @Nullable Connection connection, boolean repeated) {}

  private final Settings settings;
  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;
  private final Organization organization;

  public WithdrawHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private WithdrawHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts(), aws.organization());
  }

  WithdrawHandler(
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
    Network network = hub.apply(request.peeringId());
    Optional<Peering> seen = network.peering(request.peeringId());
    Answer answer =
        seen.isEmpty()
            ? nothing(request.peeringId() + " is not shown by EC2 (any more)")
            : decided(network, seen.get());
    LOG.info("{}: {}", answer.outcome(), answer.reason());
    return answer;
  }

  private Answer decided(Network network, Peering peering) {
    if (!peering.joins(settings.hubVpc())) {
      return nothing(peering.id() + " is not a peering connection of the hub VPC");
    }
    Optional<String> reason = reason(peering);
    // The tag was off when connect looked, and is on again.
    if (reason.isEmpty() && peering.status().isPending() && peering.isByTag()) {
      return new Answer("WANTED_AGAIN", peering.id() + " waits to be accepted", null, false);
    }
    if (reason.isEmpty()) {
      return nothing(
          peering.id() + " is " + peering.status().code() + " and nothing stands against it");
    }
    if (Decision.isRefused(peering)) {
      noteRefusal(network, peering);
    }
    if (!peering.claim().isEmpty()) {
      network.ensureUnclaimed(peering.id());
      // Whoever looks from now on misses the claim and starts connect. Whoever looked just before
      // has seen it and was content: what they saw is read here.
      if (reason(peering).isEmpty()) {
        return new Answer("WANTED_AGAIN", peering.id() + " is wanted again", null, false);
      }
    }
    return new Answer(
        "WITHDRAWN",
        reason.get(),
        Parties.connection(peering, settings.hubVpc(), List.of(), List.of()).withdrawn(),
        peering.claim().isEmpty());
  }

  private void noteRefusal(Network network, Peering peering) {
    VpcId service = Parties.service(peering, settings.hubVpc()).vpc();
    boolean noted =
        network.vpc(settings.hubVpc()).filter(hubVpc -> hubVpc.hasRefused(service)).isPresent();
    if (!noted) {
      network.ensureRefused(settings.hubVpc(), service, peering.id());
    }
  }

  private Optional<String> reason(Peering peering) {
    Membership membership =
        organization.membership(
            Parties.service(peering, settings.hubVpc()).account(),
            !settings.allowedUnits().isEmpty(),
            peering.id());
    return Withdrawal.reason(peering, membership, sight(peering, membership), settings);
  }

  // Read only where it can still matter: the peering connection is live and its account may
  // connect.
  private VpcSight sight(Peering peering, Membership membership) {
    VpcSide service = Parties.service(peering, settings.hubVpc());
    if (Eligibility.objection(service.account(), membership, settings).isPresent()) {
      return new VpcSight.Unknown("its account may not connect");
    }
    try {
      return services
          .network(service.account(), service.region(), peering.id())
          .vpc(service.vpc())
          .<VpcSight>map(VpcSight.Seen::new)
          .orElseGet(VpcSight.Gone::new);
    } catch (Denied e) {
      return new VpcSight.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private static Answer nothing(String reason) {
    return new Answer("NOTHING_TO_DO", reason, null, false);
  }
}
