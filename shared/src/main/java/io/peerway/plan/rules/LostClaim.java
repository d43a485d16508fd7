package io.peerway.plan.rules;

import io.peerway.model.Mending;
import io.peerway.model.Parties;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim that somebody has taken off an accepted peering connection, or written over. What it was
 * is found again from what is there: the hub's own routes into the peering connection, which nobody
 * outside the hub account can make.
 */
public final class LostClaim {
  private LostClaim() {}

  /** Whether the claim of an accepted peering connection is missing or cannot be read. */
  public static boolean isLost(Peering peering) {
    return peering.isUnclaimed() || isDamaged(peering);
  }

  /** Whether the claim of an accepted peering connection cannot be read. */
  public static boolean isDamaged(Peering peering) {
    return peering.status().isAccepted() && !isReadable(peering);
  }

  /**
   * Whether what it was is at least within what the peering connection shows of the service VPC;
   * one that is not active yet may show nothing.
   */
  public static boolean isShown(Peering peering, VpcId hub) {
    return peering.isUnclaimed()
        || (isDamaged(peering) && !Parties.service(peering, hub).cidrs().isEmpty());
  }

  /** Whether any of the tags that admission writes is missing, or is not as it writes them. */
  public static boolean lacksTags(Peering peering) {
    return isLost(peering)
        || (peering.status().isAccepted() && peering.isClaimed() && !peering.hasMark());
  }

  /**
   * The peering connection as it was before its claim was lost; as it is where no route of the hub
   * leads to these CIDRs through it.
   *
   * @param cidrs of the service VPC
   */
  public static Peering found(Peering lost, Complete<RouteTable> hubTables, List<Cidr> cidrs) {
    Peering unclaimed = lost.without(Tags.CIDRS);
    List<Cidr> routed =
        cidrs.stream().filter(cidr -> isRouted(hubTables, cidr, lost)).distinct().toList();
    return routed.isEmpty() ? unclaimed : unclaimed.with(Tags.CIDRS, Cidr.text(routed));
  }

  /** Every live peering connection, this one as it was before. */
  public static Complete<Peering> in(Complete<Peering> live, Peering found) {
    return new Complete<>(
        live.items().stream().map(seen -> seen.id().equals(found.id()) ? found : seen).toList());
  }

  /**
   * Whether letting it in gives back what it had, and is no news as such.
   *
   * @param found the same, as {@link #found} says
   * @param mends what an event of the hub account says that somebody has taken off; null where
   *     there is none
   */
  public static boolean isRestored(Peering lost, Peering found, @Nullable Mending mends) {
    boolean said = mends != null && mends.tags();
    return (said && found.isClaimed()) || (isLost(lost) && lost.wasLetIn());
  }

  private static boolean isRouted(Complete<RouteTable> tables, Cidr cidr, Peering peering) {
    return tables.items().stream()
        .flatMap(table -> table.routes().stream())
        .anyMatch(route -> route.belongsTo(peering.id()) && route.destination().equals(cidr));
  }

  private static boolean isReadable(Peering peering) {
    try {
      peering.claim();
      return true;
    } catch (Drifted damaged) {
      return false;
    }
  }
}
