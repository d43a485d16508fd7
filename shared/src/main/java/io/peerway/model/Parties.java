package io.peerway.model;

import io.peerway.model.Connection.End;
import io.peerway.model.network.Peering;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which end of a peering connection is the hub. */
public final class Parties {
  private Parties() {}

  /** Why nothing is to be done for a peering connection as it stands, or empty. */
  public static Optional<String> outOfScope(Peering peering, VpcId hub) {
    if (!peering.joins(hub)) {
      return Optional.of(
          peering.id()
              + " joins "
              + peering.requester().vpc()
              + " and "
              + peering.accepter().vpc()
              + ", not the hub VPC "
              + hub);
    }
    if (!peering.status().isPending() && !peering.status().isAccepted()) {
      return Optional.of(peering.id() + " is " + peering.status().code());
    }
    return Optional.empty();
  }

  /** The service's end. */
  public static VpcSide service(Peering peering, VpcId hub) {
    return peering.accepter().vpc().equals(hub) ? peering.requester() : peering.accepter();
  }

  /** Which end has to accept. */
  public static End accepter(Peering peering, VpcId hub) {
    return peering.accepter().vpc().equals(hub) ? End.HUB : End.SERVICE;
  }

  /**
   * The connection that a peering connection makes, with the CIDRs of both ends as read in their
   * own accounts.
   */
  public static Connection connection(
      Peering peering, VpcId hub, List<Cidr> hubCidrs, List<Cidr> serviceCidrs) {
    boolean hubAccepts = accepter(peering, hub) == End.HUB;
    VpcSide hubSide = hubAccepts ? peering.accepter() : peering.requester();
    return new Connection(
        peering.id(),
        accepter(peering, hub),
        withCidrs(hubSide, hubCidrs),
        withCidrs(service(peering, hub), serviceCidrs));
  }

  /** The live peering connection of two VPCs; EC2 allows them one. */
  public static Optional<Peering> between(VpcId one, VpcId other, Complete<Peering> live) {
    return live.items().stream()
        .filter(peering -> peering.joins(one) && peering.joins(other))
        .findFirst();
  }

  /**
   * Another accepted peering connection of the same two VPCs: asked for after this one was deleted.
   */
  public static Optional<Peering> successor(Connection connection, Complete<Peering> live) {
    return others(connection, live).filter(peering -> peering.status().isAccepted()).findFirst();
  }

  /** The same, or a request that is to become one. */
  public static Optional<Peering> next(Connection connection, Complete<Peering> live) {
    return others(connection, live).filter(Peering::isLive).findFirst();
  }

  private static Stream<Peering> others(Connection connection, Complete<Peering> live) {
    return live.items().stream()
        .filter(peering -> !peering.id().equals(connection.peeringId()))
        .filter(peering -> peering.joins(connection.hub().vpc()))
        .filter(peering -> peering.joins(connection.service().vpc()));
  }

  private static VpcSide withCidrs(VpcSide side, List<Cidr> cidrs) {
    return new VpcSide(side.account(), side.region(), side.vpc(), List.copyOf(cidrs));
  }
}
