package io.peerway.functions.connect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a refused request that is still pending, and says what became of it. A connection that is
 * active is never cut here.
 */
public final class RejectHandler extends Step<RejectHandler.Request, Notice> {
  private static final Logger LOG = LoggerFactory.getLogger(RejectHandler.class);

  record Request(PeeringId peeringId, Refusal refusal, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
      Objects.requireNonNull(refusal, "refusal");
    }
  }

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;

  public RejectHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private RejectHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub());
  }

  public RejectHandler(Settings settings, Function<Subject, HubNetwork> hub) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
  }

  @Override
  protected Notice run(Request request) {
    Optional<Peering> peering = hub.apply(request.peeringId()).peering(request.peeringId());
    String whatHappened = peering.map(this::ended).orElse("The request is gone.");
    LOG.info(
        "refused by {}: {}. {}",
        request.refusal().rule(),
        request.refusal().reason(),
        whatHappened);
    return Notice.refused(request.peeringId(), request.refusal(), whatHappened);
  }

  private String ended(Peering peering) {
    if (!peering.status().isPending()) {
      return "The peering connection is " + peering.status().code() + " and stays as it is.";
    }
    if (Parties.accepter(peering, settings.hubVpc()) == Connection.End.HUB) {
      hub.apply(peering.id()).ensureRejected(peering.id());
      return "The request was rejected.";
    }
    // Its requester can delete a pending request (EC2 API reference, "DeleteVpcPeeringConnection").
    // So nothing hangs on an account that is refused, and may not let us in.
    hub.apply(peering.id()).ensureDeleted(peering.id());
    return "The request, which the hub account had sent, was deleted.";
  }
}
