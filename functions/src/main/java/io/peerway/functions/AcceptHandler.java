package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Complete;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.PeeringStatus;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.error.NotYetVisible;
import io.peerway.plan.Claims;
import io.peerway.plan.Claims.Verdict;
import io.peerway.plan.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts an admitted request, unless another one has claimed the same addresses first. Asked
 * again, it says how far things are.
 */
public final class AcceptHandler extends Step<ConnectionInput, AcceptHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptHandler.class);
  private static final int ACTIVATION_SECONDS = 2;
  private static final int RIVAL_SECONDS = 15;

  /**
   * Where the peering connection stands.
   *
   * @param state {@code ACTIVE}, {@code PENDING}, {@code REFUSED} or {@code GONE}
   * @param waitSeconds when to ask again
   */
  record Answer(String state, int waitSeconds, @Nullable Refusal refusal) {
    static Answer active() {
      return new Answer("ACTIVE", 0, null);
    }

    static Answer pending(int seconds) {
      return new Answer("PENDING", seconds, null);
    }
  }

  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;

  public AcceptHandler() {
    this(new AwsClients(System.getenv()));
  }

  private AcceptHandler(AwsClients aws) {
    this(aws.hub(), aws.serviceAccounts());
  }

  AcceptHandler(Function<Subject, Network> hub, ServiceAccounts services) {
    super(ConnectionInput.class);
    this.hub = hub;
    this.services = services;
  }

  @Override
  Answer run(ConnectionInput request) {
    Connection connection = request.connection();
    Network network = hub.apply(connection.peeringId());
    Complete<Peering> live = network.livePeerings();
    Optional<Peering> own =
        live.items().stream()
            .filter(peering -> peering.id().equals(connection.peeringId()))
            .findFirst();
    return own.isPresent()
        ? weighed(connection, own.get(), live)
        : unlisted(network.peering(connection.peeringId()));
  }

  private Answer weighed(Connection connection, Peering own, Complete<Peering> live) {
    // Whoever reads claims must be sure that its own can be read by the others.
    if (!own.claim().containsAll(connection.service().cidrs())) {
      throw new NotYetVisible(
          own.id()
              + " does not show the claim "
              + connection.service().cidrs()
              + " but "
              + own.claim());
    }
    Verdict verdict = Claims.verdict(own, connection.hub().vpc(), live);
    LOG.info("{}", verdict);
    return switch (verdict) {
      case Verdict.Free() -> accepted(connection, own);
      case Verdict.Wait(PeeringId rival) -> Answer.pending(RIVAL_SECONDS);
      case Verdict.Lost(Refusal refusal) -> new Answer("REFUSED", 0, refusal);
    };
  }

  private Answer accepted(Connection connection, Peering own) {
    if (own.status() == PeeringStatus.ACTIVE) {
      return Answer.active();
    }
    if (own.status().isPending()) {
      accepter(connection).ensureAccepted(own.id());
    }
    return Answer.pending(ACTIVATION_SECONDS);
  }

  // A listing may lag behind what was read by id a moment ago.
  private static Answer unlisted(Optional<Peering> own) {
    return own.map(Peering::status)
            .filter(status -> status.isPending() || status.isAccepted())
            .isPresent()
        ? Answer.pending(ACTIVATION_SECONDS)
        : new Answer("GONE", 0, null);
  }

  private Network accepter(Connection connection) {
    return switch (connection.accepter()) {
      case HUB -> hub.apply(connection.peeringId());
      case SERVICE ->
          services.network(
              connection.service().account(),
              connection.service().region(),
              connection.peeringId());
    };
  }
}
