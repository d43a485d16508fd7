package io.peerway.plan;

import io.peerway.model.Change;
import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.PeeringId;
import io.peerway.model.Route;
import io.peerway.model.RouteTable;
import io.peerway.model.error.ForeignRoute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The routes that one VPC's tables lack so that it reaches the other end of a connection. */
public final class RoutePlan {
  private RoutePlan() {}

  /**
   * Routes to {@code destinations} through {@code peering}, for every table that may be touched.
   * Nothing is planned twice and nothing is ever taken away.
   *
   * @throws ForeignRoute where a table has one of the destinations with another target: then no
   *     table is changed at all
   */
  public static List<Change> plan(
      Complete<RouteTable> tables, List<Cidr> destinations, PeeringId peering) {
    List<Change> changes = new ArrayList<>();
    for (RouteTable table : tables.items()) {
      if (table.isSkipped()) {
        continue;
      }
      for (Cidr destination : new LinkedHashSet<>(destinations)) {
        Optional<Route> present = routeTo(table, destination);
        if (present.isEmpty()) {
          changes.add(new Change.AddRoute(table.id(), destination, peering));
        } else if (!present.get().belongsTo(peering)) {
          throw foreign(table, present.get(), peering);
        }
      }
    }
    return List.copyOf(changes);
  }

  private static Optional<Route> routeTo(RouteTable table, Cidr destination) {
    return table.routes().stream()
        .filter(route -> route.destination().equals(destination))
        .findFirst();
  }

  private static ForeignRoute foreign(RouteTable table, Route route, PeeringId peering) {
    return new ForeignRoute(
        peering
            + ": "
            + table.id()
            + " of "
            + table.vpc()
            + " has "
            + route.destination()
            + " -> "
            + route.target()
            + ", which is not ours and stays. Remove that route, or tag the table "
            + io.peerway.model.Tags.ROUTES
            + "=skip, then redrive.");
  }
}
