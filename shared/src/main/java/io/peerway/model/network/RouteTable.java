package io.peerway.model.network;

import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Map;

/**
 * A route table of a VPC with its IPv4 routes.
 *
 * @param lists its routes to prefix lists, whose CIDRs are read apart
 */
public record RouteTable(
    RouteTableId id,
    VpcId vpc,
    List<Route> routes,
    List<PrefixListRoute> lists,
    Map<String, String> tags) {

  /** A table without routes to prefix lists. */
  public RouteTable(RouteTableId id, VpcId vpc, List<Route> routes, Map<String, String> tags) {
    this(id, vpc, routes, List.of(), tags);
  }

  /** The same with other routes. */
  public RouteTable withRoutes(List<Route> other) {
    return new RouteTable(id, vpc, List.copyOf(other), lists, tags);
  }

  /** Whether its owner wants it left alone. */
  public boolean isSkipped() {
    return "skip".equals(tags.get(Tags.ROUTES));
  }
}
