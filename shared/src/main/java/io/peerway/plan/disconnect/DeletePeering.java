package io.peerway.plan.disconnect;

import io.peerway.model.Connection;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Withdrawal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes the peering connection of a connection that is taken away, or rejects the request.
 *
 * @param repeated whether another run has withdrawn its claim
 */
public record DeletePeering(Aws aws, Connection connection, boolean repeated) {

  /** What became of it. */
  public DeleteAnswer answer() {
    HubNetwork network = aws.hub(connection.peeringId());
    Optional<Peering> seen = network.peering(connection.peeringId());
    if (seen.filter(DeletePeering::isWantedAgain).isPresent()) {
      return new DeleteAnswer(DeleteAnswer.State.WANTED_AGAIN, List.of());
    }
    boolean ended = seen.filter(peering -> isEnded(network, peering)).isPresent();
    boolean isGone = repeated && !ended;
    Set<AccountId> lookAt = new LinkedHashSet<>();
    if (ended && seen.filter(Withdrawal::mayBeAskedAnew).isPresent()) {
      lookAt.add(connection.service().account());
    }
    if (!isGone) {
      seen.ifPresent(peering -> lookAt.addAll(peering.wantedBy()));
    }
    return new DeleteAnswer(
        isGone ? DeleteAnswer.State.GONE : DeleteAnswer.State.DELETED, List.copyOf(lookAt));
  }

  private static boolean isWantedAgain(Peering peering) {
    return peering.status().isAccepted() && !peering.claim().isEmpty();
  }

  /** Whether it was there to be ended. */
  private boolean isEnded(HubNetwork network, Peering peering) {
    // A request that is still pending can be deleted by its requester only; the accepter rejects it
    // (EC2 API reference, "DeleteVpcPeeringConnection").
    if (peering.status().isPending() && connection.accepter() == Connection.End.HUB) {
      network.ensureRejected(peering.id());
      return true;
    }
    if (peering.isLive()) {
      network.ensureDeleted(peering.id());
      return true;
    }
    return false;
  }
}
