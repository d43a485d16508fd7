package io.peerway.plan.events;

import io.peerway.model.Errand;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is anything to do for a peering connection that an event has named. Whoever makes
 * and deletes thousands of them, or names thousands that never were, starts nothing by that.
 */
public final class PeeringErrand {
  private PeeringErrand() {}

  /** What becomes of the errand. */
  public enum Verdict {
    /** Go. */
    GO,
    /** There is nothing to do. */
    LEAVE,
    /** EC2 does not know it, perhaps not yet (EC2 API reference, "Eventual consistency"). */
    LOOK_AGAIN,
    /** Only the hub's routes could be a reason. */
    GO_IF_ROUTED
  }

  /**
   * Decides.
   *
   * @param peering as the hub account sees it, or null where EC2 does not know it
   */
  public static Verdict of(Errand errand, @Nullable Peering peering, VpcId hub) {
    return switch (errand) {
      case Errand.Connect connect -> ofRequest(connect, peering, hub);
      case Errand.Disconnect disconnect -> ofDeletion(peering, hub);
      case Errand.Look look -> Verdict.GO;
      case Errand.Reconcile reconcile -> Verdict.GO;
    };
  }

  /** Whether a route of the hub VPC leads through it. */
  public static boolean isRouted(Complete<RouteTable> hubTables, PeeringId peering) {
    return hubTables.items().stream()
        .flatMap(table -> table.routes().stream())
        .anyMatch(route -> route.belongsTo(peering));
  }

  // For a request, an acceptance or a decision.
  private static Verdict ofRequest(Errand.Connect errand, @Nullable Peering peering, VpcId hub) {
    if (peering == null) {
      return errand.doubtful() ? Verdict.LEAVE : Verdict.LOOK_AGAIN;
    }
    return Parties.outOfScope(peering, hub).isPresent() ? Verdict.LEAVE : Verdict.GO;
  }

  // For a deletion: what was let in has something to be taken away, what people made may have.
  private static Verdict ofDeletion(@Nullable Peering peering, VpcId hub) {
    if (peering == null || !peering.joins(hub)) {
      return Verdict.LEAVE;
    }
    boolean over = Parties.outOfScope(peering, hub).isPresent();
    return over && !peering.wasLetIn() ? Verdict.GO_IF_ROUTED : Verdict.GO;
  }
}
