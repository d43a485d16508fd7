package io.peerway.functions.disconnect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.admission.Withdrawal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deletes the peering connection of a connection that is taken away, or rejects the request. */
public final class DeletePeeringHandler
    extends Step<DeletePeeringHandler.Request, DeletePeeringHandler.Answer> {

  /** What is to be ended. */
  record Request(Connection connection, boolean repeated, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  /**
   * What became of it.
   *
   * @param lookAt accounts to look at once all of it is gone: that of what was ended here, as its
   *     tag may be on again, and whoever saw the tag then saw the peering connection still; and
   *     those that wait for its addresses
   */
  record Answer(State state, List<AccountId> lookAt) {
    Answer {
      Objects.requireNonNull(state, "state");
      lookAt = List.copyOf(lookAt);
    }

    boolean isTold() {
      return state == State.GONE;
    }
  }

  /** What the workflow branches on. */
  enum State {
    DELETED,
    /** Another run has told of it. */
    GONE,
    /** It was admitted anew meanwhile. */
    WANTED_AGAIN
  }

  private final Function<Subject, HubNetwork> hub;

  public DeletePeeringHandler() {
    this(new AwsClients(System.getenv()).hub());
  }

  public DeletePeeringHandler(Function<Subject, HubNetwork> hub) {
    super(Request.class);
    this.hub = hub;
  }

  @Override
  protected Answer run(Request request) {
    HubNetwork network = hub.apply(request.peeringId());
    Optional<Peering> seen = network.peering(request.peeringId());
    if (seen.filter(DeletePeeringHandler::isWantedAgain).isPresent()) {
      return new Answer(State.WANTED_AGAIN, List.of());
    }
    boolean ended = seen.filter(peering -> end(network, peering, request.connection())).isPresent();
    boolean isGone = request.repeated() && !ended;
    Set<AccountId> lookAt = new LinkedHashSet<>();
    if (ended && seen.filter(Withdrawal::mayBeAskedAnew).isPresent()) {
      lookAt.add(request.connection().service().account());
    }
    if (!isGone) {
      seen.ifPresent(peering -> lookAt.addAll(peering.wantedBy()));
    }
    return new Answer(isGone ? State.GONE : State.DELETED, List.copyOf(lookAt));
  }

  private static boolean isWantedAgain(Peering peering) {
    return peering.status().isAccepted() && !peering.claim().isEmpty();
  }

  /** Whether it was there to be ended. */
  private static boolean end(HubNetwork network, Peering peering, Connection connection) {
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
