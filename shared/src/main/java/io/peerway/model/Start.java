package io.peerway.model;

import io.peerway.model.network.Peering;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Printable;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;

/**
 * What is to be started, for whom, and why. To mend a connection is to run {@code connect} for it,
 * which decides anew by its own reads; to end one is to run {@code disconnect}.
 */
public sealed interface Start {
  /** Whose VPC it is about. */
  AccountId account();

  /** Why, in words. */
  String reason();

  /** Where what it is to mend was found. */
  Place at();

  /** The VPC asks for a peering from the service side, then {@code connect}. */
  record Request(AccountId account, Region region, VpcId vpc, String reason) implements Start {
    @Override
    public Place at() {
      return vpc;
    }
  }

  /**
   * {@code connect}: something of the connection is not as it should be, or as its VPC now asks.
   */
  record Connect(AccountId account, PeeringId peering, String reason) implements Start {
    @Override
    public Place at() {
      return peering;
    }
  }

  /** {@code connect}, because somebody has removed something of ours: the reason says what. */
  record Restore(AccountId account, PeeringId peering, String reason) implements Start {
    @Override
    public Place at() {
      return peering;
    }
  }

  /**
   * {@code disconnect}.
   *
   * @param urgent whether it waits for no freeze
   */
  record Disconnect(AccountId account, PeeringId peering, String reason, boolean urgent)
      implements Start {
    /** One that waits. */
    public Disconnect(AccountId account, PeeringId peering, String reason) {
      this(account, peering, reason, false);
    }

    @Override
    public Place at() {
      return peering;
    }
  }

  /** What an ended connection has left in the VPC is taken away. */
  record Leave(AccountId account, Region region, VpcId vpc, String reason) implements Start {
    @Override
    public Place at() {
      return new Place.LeftIn(vpc);
    }
  }

  /** {@code connect} for a peering connection of the hub VPC. */
  static Start connect(Peering peering, VpcId hub, String reason) {
    return new Connect(Parties.service(peering, hub).account(), peering.id(), reason);
  }

  /** {@code disconnect} for a peering connection of the hub VPC. */
  static Start disconnect(Peering peering, VpcId hub, String reason) {
    return new Disconnect(Parties.service(peering, hub).account(), peering.id(), reason);
  }

  /** With no more than so many characters of its reason. */
  default Start shortened(int characters) {
    if (reason().length() <= characters) {
      return this;
    }
    String why = Printable.shortened(reason(), characters);
    return switch (this) {
      case Request(var account, var region, var vpc, var inFull) ->
          new Request(account, region, vpc, why);
      case Connect(var account, var peering, var inFull) -> new Connect(account, peering, why);
      case Restore(var account, var peering, var inFull) -> new Restore(account, peering, why);
      case Disconnect(var account, var peering, var inFull, var urgent) ->
          new Disconnect(account, peering, why, urgent);
      case Leave(var account, var region, var vpc, var inFull) ->
          new Leave(account, region, vpc, why);
    };
  }
}
