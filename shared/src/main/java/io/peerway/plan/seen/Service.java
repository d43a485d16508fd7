package io.peerway.plan.seen;

import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Printable;
import java.util.List;

/** One service VPC of the picture. */
public record Service(Peering peering, VpcSide side, Judgement judgement) {

  public PeeringId id() {
    return peering.id();
  }

  public State state() {
    return judgement.state();
  }

  /** The account's name when it was let in; its id where nobody noted one. */
  public String name() {
    String noted = peering.tags().getOrDefault(Tags.ACCOUNT, "").strip();
    return noted.isEmpty() ? side.account().value() : Printable.oneLine(noted);
  }

  /** With which addresses: those that were let in, or those that EC2 shows. */
  public List<Cidr> cidrs() {
    try {
      List<Cidr> claim = peering.claim();
      return claim.isEmpty() ? side.cidrs() : claim;
    } catch (io.peerway.model.error.Drifted damaged) {
      return side.cidrs();
    }
  }
}
