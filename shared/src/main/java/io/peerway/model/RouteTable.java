package io.peerway.model;

import java.util.List;
import java.util.Map;

/** A route table of a VPC with its IPv4 routes. */
public record RouteTable(RouteTableId id, VpcId vpc, List<Route> routes, Map<String, String> tags) {

  /** Whether its owner wants it left alone. */
  public boolean isSkipped() {
    return "skip".equals(tags.get(Tags.ROUTES));
  }
}
