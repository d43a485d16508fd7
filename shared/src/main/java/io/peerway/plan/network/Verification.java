package io.peerway.plan.network;

import io.peerway.model.network.Change;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import java.util.ArrayList;
import java.util.List;

/** What is still wrong with a connection after the work, found by reading it all back. */
public final class Verification {
  private Verification() {}

  /**
   * Routes that are missing.
   *
   * @return one line per finding, none when all is well
   */
  public static List<String> routes(
      Complete<RouteTable> tables, List<Cidr> destinations, PeeringId peering) {
    List<String> findings = new ArrayList<>();
    for (Change missing : RoutePlan.plan(tables, destinations, peering)) {
      findings.add("still to do: " + missing);
    }
    return List.copyOf(findings);
  }

  /**
   * Routes of ours that lead nowhere: the peering connection is over, or EC2 does not show it as
   * active everywhere yet. A route through an active peering connection is itself active.
   *
   * @return one line per finding, none when all is well
   */
  public static List<String> blackholes(
      Complete<RouteTable> tables, List<Cidr> destinations, PeeringId peering) {
    List<String> findings = new ArrayList<>();
    for (RouteTable table : tables.items()) {
      for (Route route : table.routes()) {
        if (route.belongsTo(peering)
            && destinations.contains(route.destination())
            && route.state() == Route.State.BLACKHOLE) {
          findings.add(
              table.id() + ": " + route.destination() + " -> " + peering + " is a blackhole");
        }
      }
    }
    return List.copyOf(findings);
  }
}
