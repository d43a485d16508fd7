package io.peerway.plan.leftovers;

import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.sight.Whose;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The peering connections that dead routes to the hub VPC's addresses lead to. An account may have
 * hundreds of such routes: they are asked about together, and only where there are any.
 *
 * @param peerings as the tables name them
 */
public record DeadRoutes(Set<PeeringId> peerings, VpcId hubVpc) {

  /**
   * Of these tables.
   *
   * @param live the hub VPC's peering connections that are not over
   */
  public static DeadRoutes of(
      Collection<Complete<RouteTable>> tables,
      List<Cidr> hubCidrs,
      VpcId hubVpc,
      List<Peering> live) {
    Set<PeeringId> peerings = new TreeSet<>();
    tables.forEach(ofVpc -> peerings.addAll(Leftovers.candidates(ofVpc, hubCidrs, live)));
    return new DeadRoutes(peerings, hubVpc);
  }

  /**
   * Whose they are, as the account shows them.
   *
   * @param network of the account with the tables
   */
  public Map<PeeringId, Whose> whose(Network network) {
    if (peerings.isEmpty()) {
      return Map.of();
    }
    Map<PeeringId, Peering> shown = network.peerings(peerings);
    Map<PeeringId, Whose> whose = new TreeMap<>();
    peerings.forEach(
        id -> whose.put(id, Leftovers.whose(Optional.ofNullable(shown.get(id)), hubVpc)));
    return whose;
  }

  /** The same, where the account may not let us look. */
  public Map<PeeringId, Whose> whoseIfAllowed(Network network) {
    try {
      return whose(network);
    } catch (Denied e) {
      return unknown();
    }
  }

  private Map<PeeringId, Whose> unknown() {
    Map<PeeringId, Whose> whose = new TreeMap<>();
    peerings.forEach(id -> whose.put(id, Whose.UNKNOWN));
    return whose;
  }
}
