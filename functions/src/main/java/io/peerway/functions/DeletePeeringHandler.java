package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.AccountId;
import io.peerway.model.Connection;
import io.peerway.model.Network;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.Subject;
import io.peerway.plan.Notice;
import io.peerway.plan.Parties;
import io.peerway.plan.Withdrawal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the peering connection of a connection that was taken away (or rejects the request), and
 * says what has ended and why.
 */
public final class DeletePeeringHandler
    extends Step<DeletePeeringHandler.Request, DeletePeeringHandler.Answer> {

  /**
   * What is to be ended.
   *
   * @param parted what became of the steps before, one for each
   */
  record Request(
      Connection connection,
      String reason,
      boolean repeated,
      @Nullable List<Parted> parted,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  /**
   * One step's end.
   *
   * @param left what it could not take away, in words; absent where it did
   * @param error why
   */
  record Parted(@Nullable String left, @Nullable String error) {
    Optional<Notice.Left> asLeft() {
      return left == null
          ? Optional.empty()
          : Optional.of(new Notice.Left(left, Objects.requireNonNullElse(error, "unknown")));
    }
  }

  /**
   * What became of it.
   *
   * @param state {@code DELETED}; {@code GONE} where another run has told of it; {@code
   *     WANTED_AGAIN} where it was admitted anew meanwhile
   * @param successor joins the same VPCs already, and may have met the routes that were in its way
   *     until now
   * @param lookAt the account of what was ended here: its tag may be on again, and whoever saw the
   *     tag then saw the peering connection still
   */
  record Answer(
      String state,
      @Nullable Notice notice,
      @Nullable PeeringId successor,
      @Nullable AccountId lookAt) {}

  private final Function<Subject, Network> hub;

  public DeletePeeringHandler() {
    this(new AwsClients(System.getenv()).hub());
  }

  DeletePeeringHandler(Function<Subject, Network> hub) {
    super(Request.class);
    this.hub = hub;
  }

  @Override
  Answer run(Request request) {
    Network network = hub.apply(request.peeringId());
    Optional<Peering> seen = network.peering(request.peeringId());
    if (seen.filter(DeletePeeringHandler::isWantedAgain).isPresent()) {
      return new Answer("WANTED_AGAIN", null, null, null);
    }
    boolean ended = seen.filter(peering -> end(network, peering, request.connection())).isPresent();
    boolean told = request.repeated() && !ended;
    return new Answer(
        told ? "GONE" : "DELETED",
        told ? null : Notice.disconnected(request.connection(), request.reason(), left(request)),
        Parties.successor(request.connection(), network.livePeerings())
            .map(Peering::id)
            .orElse(null),
        ended && seen.filter(Withdrawal::mayBeAskedAnew).isPresent()
            ? request.connection().service().account()
            : null);
  }

  private static List<Notice.Left> left(Request request) {
    return Objects.requireNonNullElse(request.parted(), List.<Parted>of()).stream()
        .flatMap(step -> step.asLeft().stream())
        .toList();
  }

  private static boolean isWantedAgain(Peering peering) {
    return peering.status().isAccepted() && !peering.claim().isEmpty();
  }

  /** Whether it was there to be ended. */
  private static boolean end(Network network, Peering peering, Connection connection) {
    // A request that is still pending can be deleted by its requester only; the accepter rejects it
    // (EC2 API reference, "DeleteVpcPeeringConnection").
    if (peering.status().isPending() && connection.accepter() == Connection.End.HUB) {
      network.ensureRejected(peering.id());
      return true;
    }
    if (peering.status().isPending() || peering.status().isAccepted()) {
      network.ensureDeleted(peering.id());
      return true;
    }
    return false;
  }
}
