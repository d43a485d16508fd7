package io.peerway.plan.network;

import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Change;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one VPC's route tables lack, or have too much, so that it reaches the other end of a
 * connection.
 */
public final class RoutePlan {
  private RoutePlan() {}

  /**
   * Routes to {@code destinations} through {@code peering}, for every table that may be touched,
   * and away with routes of {@code peering} to anything else. Additions come first, so that what
   * works goes on working. No destinations at all: every route of {@code peering} goes.
   *
   * @throws ForeignRoute where a table has one of the destinations with another target: then no
   *     table is changed at all
   * @throws BlackholeRoute where that target is a peering connection that is gone; likewise
   */
  public static List<Change> plan(
      Complete<RouteTable> tables, List<Cidr> destinations, PeeringId peering) {
    List<Change> additions = new ArrayList<>();
    List<Change> removals = new ArrayList<>();
    for (RouteTable table : tables.items()) {
      if (!table.isSkipped()) {
        additions.addAll(missing(table, destinations, peering));
      }
      // A table that its owner tagged later still holds our routes: those go when the connection
      // goes.
      table.routes().stream()
          .filter(route -> route.belongsTo(peering) && !destinations.contains(route.destination()))
          .forEach(
              route ->
                  removals.add(new Change.RemoveRoute(table.id(), route.destination(), peering)));
    }
    return Stream.concat(additions.stream(), removals.stream()).toList();
  }

  /**
   * The tables that lack a route to every destination, where that is all that has to be done; none
   * where {@code plan} is anything else.
   *
   * @param plan what was planned for these tables and destinations
   */
  public static List<RouteTableId> untouched(
      Complete<RouteTable> tables, List<Change> plan, List<Cidr> destinations) {
    List<RouteTableId> ids =
        tables.items().stream().filter(table -> !table.isSkipped()).map(RouteTable::id).toList();
    boolean isWhole =
        plan.size() == ids.size() * destinations.size()
            && plan.stream().allMatch(Change.AddRoute.class::isInstance);
    return isWhole ? ids : List.of();
  }

  /** The routes of a connection that none of these tables has. */
  public static List<Change> additions(
      List<RouteTableId> tables, List<Cidr> destinations, PeeringId peering) {
    return tables.stream()
        .<Change>flatMap(
            table -> destinations.stream().map(cidr -> new Change.AddRoute(table, cidr, peering)))
        .toList();
  }

  private static List<Change> missing(
      RouteTable table, List<Cidr> destinations, PeeringId peering) {
    List<Change> missing = new ArrayList<>();
    for (Cidr destination : new LinkedHashSet<>(destinations)) {
      Optional<Route> present = routeTo(table, destination);
      if (present.isEmpty()) {
        missing.add(new Change.AddRoute(table.id(), destination, peering));
      } else if (!present.get().belongsTo(peering)) {
        throw taken(table, present.get(), peering);
      }
    }
    return missing;
  }

  // A propagated route to the same destination is none in the way, wherever it is listed: the
  // static
  // one is preferred (VPC user guide, "How route priority works").
  private static Optional<Route> routeTo(RouteTable table, Cidr destination) {
    return table.routes().stream()
        .filter(route -> route.isStatic() && route.destination().equals(destination))
        .findFirst();
  }

  private static PeerwayException taken(RouteTable table, Route route, PeeringId peering) {
    // A peering deleted and asked for anew: the route of the old one goes with its disconnect.
    if (route.state() == Route.State.BLACKHOLE && route.peering().isPresent()) {
      return new BlackholeRoute(
          peering,
          table.id()
              + " of "
              + table.vpc()
              + " still has "
              + route.destination()
              + " -> "
              + route.target()
              + ", a peering connection that is gone. Delete that route, or tag the table "
              + Tags.ROUTES
              + "=skip, then redrive.");
    }
    return new ForeignRoute(
        peering,
        table.id()
            + " of "
            + table.vpc()
            + " has "
            + route.destination()
            + " -> "
            + route.target()
            + ", which is not ours and stays. Remove that route, or tag the table "
            + Tags.ROUTES
            + "=skip, then redrive.");
  }
}
