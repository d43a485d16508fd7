package io.peerway.plan.doctor;

import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.plan.doctor.Hop.Trail;
import io.peerway.plan.findings.Loss;
import io.peerway.plan.network.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the table of a subnet sends packets to the peering connection. */
final class RouteHop {
  private RouteHop() {}

  /**
   * Looks.
   *
   * @param side whose table it is
   * @param wanted the destination of our route there
   */
  static Hop of(
      Station at,
      RouteTable table,
      Map<PrefixListId, PrefixListSight> lists,
      VpcSide side,
      Cidr address,
      Cidr wanted,
      PeeringId peering,
      Mends mends) {
    return switch (Way.of(table, lists, address)) {
      case Way.Unknown(String why) -> Hop.unknown(at, why);
      case Way.Nowhere() ->
          missing(
              at,
              table,
              side,
              table.id() + " has no route to " + Question.plain(address),
              wanted,
              peering,
              mends);
      case Way.By(Route route, Optional<PrefixListId> list) -> {
        String what =
            "%s has %s%s -> %s"
                .formatted(
                    table.id(),
                    route.destination(),
                    list.map(id -> " (of " + id + ")").orElse(""),
                    route.target());
        if (route.state() == Route.State.BLACKHOLE) {
          yield Hop.wrong(
              at,
              what + ", a blackhole: its target is gone",
              list.isEmpty() && !route.belongsTo(peering)
                  ? delete(side, table, route)
                  : mends.connection(peering),
              Trail.of(side, route.target()));
        }
        if (route.belongsTo(peering)) {
          yield Hop.right(at, what);
        }
        boolean isOwn = list.isEmpty() && route.isStatic() && !route.target().equals(Route.LOCAL);
        if (table.routes().stream()
            .anyMatch(r -> r.belongsTo(peering) && r.destination().contains(address))) {
          yield Hop.wrong(
              at,
              what + ", narrower than the route to " + peering,
              isOwn ? delete(side, table, route) : null,
              Trail.of(side, table.id().value()));
        }
        yield isOwn && route.destination().equals(wanted)
            ? Hop.wrong(
                at,
                "%s; %s -> %s is missing".formatted(what, wanted, peering),
                delete(side, table, route),
                trail(side, table, wanted, peering))
            : missing(at, table, side, what, wanted, peering, mends);
      }
    };
  }

  private static String delete(VpcSide side, RouteTable table, Route route) {
    return Mends.deleteRoute(side.region(), table.id().value(), route.destination().value());
  }

  // A table that its owner keeps for himself has none of our routes.
  private static Hop missing(
      Station at,
      RouteTable table,
      VpcSide side,
      String what,
      Cidr wanted,
      PeeringId peering,
      Mends mends) {
    String missing = "%s; %s -> %s is missing".formatted(what, wanted, peering);
    return table.isSkipped()
        ? Hop.wrong(
            at,
            missing + ": the tag peerway:routes=skip tells Peerway to leave the table alone",
            Mends.unskip(side.region(), table.id().value()),
            Trail.of(side, table.id().value()))
        : Hop.wrong(at, missing, mends.connection(peering), trail(side, table, wanted, peering));
  }

  private static Trail trail(VpcSide side, RouteTable table, Cidr wanted, PeeringId peering) {
    return new Trail(
        List.of(side),
        List.of(table.id().value()),
        new Loss.OfRoute(side.vpc(), table.id(), wanted, peering));
  }
}
