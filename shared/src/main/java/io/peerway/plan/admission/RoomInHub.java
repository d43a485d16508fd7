package io.peerway.plan.admission;

import io.peerway.model.Parties;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the hub VPC has room for one connection more, by AWS's quotas (VPC user guide, "Amazon
 * VPC quotas"): nothing is accepted that could not be finished.
 *
 * <p>As with {@link Claims}, each request first writes its claim and then reads everybody's, so of
 * two that are decided side by side at least one sees the other. Where there is not room for all,
 * what is accepted comes first, then the lower id. One without room gives up its claim and waits;
 * one that has room beside those before it only waits until the others have given up theirs,
 * because they may have read earlier and be accepted already.
 */
public final class RoomInHub {
  private RoomInHub() {}

  /** What a request has to do. */
  public sealed interface Verdict {
    /** There is room for all. */
    record Room() implements Verdict {}

    /** There is room for it, but {@code rival} has not given up yet. */
    record Wait(PeeringId rival) implements Verdict {}

    /** There is none, for this reason. */
    record Full(String why) implements Verdict {}
  }

  /**
   * Decides.
   *
   * @param own the request itself, with its claim
   * @param live every live peering connection
   * @param tables those of the hub VPC
   */
  public static Verdict verdict(
      Peering own, Complete<Peering> live, Complete<RouteTable> tables, Settings settings) {
    List<Peering> others =
        counted(live, settings.hubVpc()).stream()
            .filter(other -> !other.id().equals(own.id()))
            .toList();
    if (shortage(others, List.of(own.claim()), tables, settings).isEmpty()) {
      return new Verdict.Room();
    }
    List<Peering> first =
        others.stream()
            .filter(o -> o.status().isAccepted() || o.id().compareTo(own.id()) < 0)
            .toList();
    return shortage(first, List.of(own.claim()), tables, settings)
        .<Verdict>map(Verdict.Full::new)
        .orElseGet(
            () ->
                new Verdict.Wait(
                    others.stream()
                        .filter(other -> !first.contains(other))
                        .findFirst()
                        .orElseThrow()
                        .id()));
  }

  /** Of requests that wait for room those that have it now, all of them together; by their ids. */
  public static List<PeeringId> roomFor(
      Complete<Peering> live, Complete<RouteTable> tables, Settings settings) {
    List<Peering> before = counted(live, settings.hubVpc());
    List<List<Cidr>> granted = new ArrayList<>();
    List<PeeringId> ids = new ArrayList<>();
    for (Peering waiting : PendingRequests.waitingForRoom(live, settings)) {
      granted.add(waiting.waitsForRoom());
      if (shortage(before, granted, tables, settings).isEmpty()) {
        ids.add(waiting.id());
      } else {
        granted.removeLast();
      }
    }
    return List.copyOf(ids);
  }

  // What has taken its room, or is about to.
  private static List<Peering> counted(Complete<Peering> live, VpcId hub) {
    return live.items().stream()
        .filter(other -> other.joins(hub))
        .filter(
            other ->
                other.status().isAccepted() || (other.status().isPending() && other.isClaimed()))
        .toList();
  }

  // One that somebody has written over holds up nobody else: the peering connection shows as much.
  private static List<Cidr> claimed(Peering other, VpcId hub) {
    try {
      return other.claim();
    } catch (Drifted damaged) {
      return Parties.service(other, hub).cidrs();
    }
  }

  private static Optional<String> shortage(
      List<Peering> others,
      List<List<Cidr>> wanted,
      Complete<RouteTable> tables,
      Settings settings) {
    if (others.size() + wanted.size() > settings.peeringsPerVpc()) {
      return Optional.of(
          settings.hubVpc()
              + " has "
              + others.size()
              + " active peering connections and earlier requests, of at most "
              + settings.peeringsPerVpc()
              + " (quota \"Active VPC peering connections per VPC\", up to 125; parameter"
              + " PeeringsPerVpc)");
    }
    for (RouteTable table : tables.items()) {
      Set<Cidr> routes = new HashSet<>();
      table.routes().stream()
          .filter(route -> route.isStatic() && !route.target().equals(Route.LOCAL))
          .forEach(route -> routes.add(route.destination()));
      int present = routes.size() + table.lists().size();
      others.forEach(other -> routes.addAll(claimed(other, settings.hubVpc())));
      wanted.forEach(routes::addAll);
      int needed = routes.size() + table.lists().size();
      if (!table.isSkipped() && needed > Math.max(settings.routesPerTable(), present)) {
        return Optional.of(
            table.id()
                + " of "
                + table.vpc()
                + " has "
                + present
                + " routes and would need "
                + needed
                + " with this and earlier requests, of at most "
                + settings.routesPerTable()
                + " (quota \"Routes per route table\", up to 1,000; parameter RoutesPerTable)");
      }
    }
    return Optional.empty();
  }
}
