package io.peerway.plan.freeze;

import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.network.Peering;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Complete;
import io.peerway.plan.Aws;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/**
 * What goes on when a freeze is over.
 *
 * @param waiting in the order in which it began to wait
 */
public record Thaw(Aws aws, List<Peering> waiting) {

  /** What waits among these: what is over, too, as long as it has left something. */
  public static Thaw of(Aws aws, Complete<Peering> all) {
    return new Thaw(
        aws,
        all.items().stream()
            .filter(peering -> peering.joins(aws.settings().hubVpc()) && peering.waitsInAFreeze())
            .filter(peering -> peering.isLive() || peering.isHalfGone())
            .sorted(Comparator.comparing(Peering::frozenSince).thenComparing(Peering::id))
            .toList());
  }

  /** Whether a freeze holds up what nobody has started by hand: asks the calendar. */
  public boolean isFrozen() {
    Freeze freeze =
        new Gate(aws, new Beginning(Freezes.HEED, false), new AllConnections()).freeze();
    if (freeze.holds()) {
      aws.say(freeze.words());
    }
    return freeze.holds();
  }

  /**
   * The name of the execution that goes on with it. It can be used once: where that fails, people
   * hear of it and redrive it. A freeze that began again before it had looked is over on another
   * day at the latest.
   */
  public static String name(Peering peering, Instant now) {
    return "%s-thaw-%d-%s"
        .formatted(
            peering.id(),
            peering.frozenSince().getEpochSecond(),
            LocalDate.ofInstant(now, ZoneOffset.UTC));
  }
}
