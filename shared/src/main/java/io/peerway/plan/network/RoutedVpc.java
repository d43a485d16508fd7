package io.peerway.plan.network;

import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import java.util.List;
import java.util.Map;

/**
 * A VPC as its route tables show it, without tags: each routes the VPC's CIDRs inside the VPC. That
 * is not always all of them: a local route may be led through an appliance (VPC user guide,
 * "Replace or restore the target for a local route").
 */
public final class RoutedVpc {
  private RoutedVpc() {}

  /** The VPC at {@code side}, whose tables these are. */
  public static Vpc of(VpcSide side, Complete<RouteTable> tables) {
    List<Cidr> cidrs =
        tables.items().stream()
            .flatMap(table -> table.routes().stream())
            .filter(route -> route.target().equals(Route.LOCAL))
            .map(Route::destination)
            .distinct()
            .sorted()
            .toList();
    return new Vpc(side.vpc(), side.account(), cidrs, Map.of());
  }
}
