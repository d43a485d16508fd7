package io.peerway.plan.network;

import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PrefixListId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The route that a table has for an address: the longest prefix wins; of two alike the local one,
 * then a static one, then one of a prefix list, then a propagated one (VPC user guide, "How route
 * priority works").
 */
public final class Way {
  private Way() {}

  /** What a table does with packets to an address. */
  public sealed interface Choice {}

  /**
   * They go this way.
   *
   * @param route to the destination that wins
   * @param list the prefix list that has the destination; empty for a route of the table's own
   */
  public record By(Route route, Optional<PrefixListId> list) implements Choice {}

  /** No route: they are dropped. */
  public record Nowhere() implements Choice {}

  /** A prefix list that may have a narrower route could not be read. */
  public record Unknown(String why) implements Choice {}

  private record Candidate(By by, int rank) {
    int length() {
      String cidr = by.route().destination().value();
      return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }
  }

  /**
   * Chooses.
   *
   * @param lists the prefix lists that the table names, see {@link Detours#lists}
   * @param address a prefix of length 32
   */
  public static Choice of(
      RouteTable table, Map<PrefixListId, PrefixListSight> lists, Cidr address) {
    List<Candidate> candidates = new ArrayList<>();
    for (Route route : table.routes()) {
      int rank = route.target().equals(Route.LOCAL) ? 3 : route.isStatic() ? 2 : 0;
      add(candidates, route, Optional.empty(), rank, address);
    }
    for (PrefixListRoute route : table.lists()) {
      switch (lists.getOrDefault(route.list(), new PrefixListSight.Unknown("it was not read"))) {
        case PrefixListSight.Seen(List<Cidr> cidrs) ->
            cidrs.forEach(
                cidr -> add(candidates, route.to(cidr), Optional.of(route.list()), 1, address));
        case PrefixListSight.Unknown(String why) -> {
          return new Unknown(
              table.id() + " has " + route.list() + " -> " + route.target() + ": " + why);
        }
      }
    }
    return candidates.stream()
        .max(Comparator.comparingInt(Candidate::length).thenComparingInt(Candidate::rank))
        .<Choice>map(Candidate::by)
        .orElseGet(Nowhere::new);
  }

  private static void add(
      List<Candidate> candidates,
      Route route,
      Optional<PrefixListId> list,
      int rank,
      Cidr address) {
    if (route.destination().contains(address)) {
      candidates.add(new Candidate(new By(route, list), rank));
    }
  }
}
