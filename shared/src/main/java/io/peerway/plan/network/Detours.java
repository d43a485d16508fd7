package io.peerway.plan.network;

import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Routes of others that are narrower than ours and so win for a part of the way: the longest prefix
 * does, whether the route is static, propagated or of a prefix list (VPC user guide, "How route
 * priority works").
 */
public final class Detours {
  private Detours() {}

  /** The prefix lists whose CIDRs have to be known before {@link #of}. */
  public static Set<PrefixListId> lists(Complete<RouteTable> tables) {
    Set<PrefixListId> lists = new TreeSet<>();
    for (RouteTable table : tables.items()) {
      if (!table.isSkipped()) {
        table.lists().forEach(route -> lists.add(route.list()));
      }
    }
    return lists;
  }

  /**
   * The detours in tables that have our routes; a table that its owner keeps for himself has none
   * of ours.
   *
   * @param lists those of {@link #lists}
   */
  static List<Obstacle> of(
      Complete<RouteTable> tables,
      List<Cidr> destinations,
      PeeringId peering,
      Map<PrefixListId, PrefixListSight> lists) {
    List<Obstacle> found = new ArrayList<>();
    for (RouteTable table : tables.items()) {
      if (table.isSkipped()) {
        continue;
      }
      for (Route route : table.routes()) {
        add(found, table, route, "", destinations, peering);
      }
      for (PrefixListRoute route : table.lists()) {
        switch (lists.getOrDefault(route.list(), new PrefixListSight.Unknown("it was not read"))) {
          case PrefixListSight.Seen(List<Cidr> cidrs) ->
              cidrs.forEach(
                  cidr ->
                      add(
                          found,
                          table,
                          route.to(cidr),
                          " (of " + route.list() + ")",
                          destinations,
                          peering));
          case PrefixListSight.Unknown(String why) -> {
            if (!route.target().equals(peering.value())) {
              found.add(unread(table, route, why));
            }
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static void add(
      List<Obstacle> found,
      RouteTable table,
      Route route,
      String ofList,
      List<Cidr> destinations,
      PeeringId peering) {
    if (route.belongsTo(peering) || route.target().equals(Route.LOCAL)) {
      return;
    }
    destinations.stream()
        .filter(wide -> wide.contains(route.destination()) && !wide.equals(route.destination()))
        .findFirst()
        .ifPresent(wide -> found.add(detour(table, route, ofList, wide)));
  }

  private static Obstacle detour(RouteTable table, Route route, String ofList, Cidr wide) {
    return Obstacle.seen(
        table.id()
            + " of "
            + table.vpc()
            + " has "
            + route.destination()
            + ofList
            + " -> "
            + route.target()
            + (route.state() == Route.State.BLACKHOLE ? " (a blackhole)" : "")
            + ", narrower than "
            + wide
            + ": "
            + route.destination()
            + " does not go through the peering connection");
  }

  private static Obstacle unread(RouteTable table, PrefixListRoute route, String why) {
    return Obstacle.unread(
        table.id()
            + " of "
            + table.vpc()
            + " has "
            + route.list()
            + " -> "
            + route.target()
            + ", and whether that is narrower is unknown: "
            + why);
  }
}
