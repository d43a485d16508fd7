package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import java.util.Optional;

/**
 * Ends a refused request that is still pending, and says what became of it. A connection that is
 * active is never cut here.
 */
public record Reject(Aws aws, PeeringId id, Refusal refusal) {

  /** What people are told. */
  public Notice notice() {
    Optional<Peering> seen = aws.hub(id).peering(id);
    String whatHappened = seen.map(this::ended).orElse("The request is gone.");
    aws.say("refused by %s: %s. %s".formatted(refusal.rule(), refusal.reason(), whatHappened));
    return Notice.refused(
        id,
        seen.map(peering -> Parties.service(peering, aws.settings().hubVpc())).orElse(null),
        refusal,
        whatHappened);
  }

  private String ended(Peering peering) {
    if (!peering.status().isPending()) {
      return "The peering connection is " + peering.status().code() + " and stays as it is.";
    }
    if (Parties.accepter(peering, aws.settings().hubVpc()) == Connection.End.HUB) {
      aws.hub(id).ensureRejected(id);
      return "The request was rejected.";
    }
    // Its requester can delete a pending request (EC2 API reference, "DeleteVpcPeeringConnection").
    // So nothing hangs on an account that is refused, and may not let us in.
    aws.hub(id).ensureDeleted(id);
    return "The request, which the hub account had sent, was deleted.";
  }
}
