package io.peerway.plan.freeze;

import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.port.HubNetwork;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The note on a peering connection that something of it waits for the end of a freeze: people were
 * told of it, and the scan takes it up.
 */
public record FrozenNote(HubNetwork hub, Peering peering) {

  /**
   * Writes it, once.
   *
   * @return whether people have not heard of it yet
   */
  public boolean isNew(Instant now, Freeze freeze) {
    if (peering.waitsInAFreeze()) {
      return false;
    }
    hub.ensureTagged(peering.id(), Map.of(Tags.FROZEN, text(now, freeze)));
    return true;
  }

  /** Takes it off where it is: what waited goes on now. */
  public void lift() {
    if (peering.waitsInAFreeze()) {
      hub.ensureTagged(peering.id(), Map.of(Tags.FROZEN, ""));
    }
  }

  // The first word is read again, for the order in which all go on; the rest is for people.
  private static String text(Instant now, Freeze freeze) {
    return now.truncatedTo(ChronoUnit.SECONDS)
        + " until "
        + (freeze.until() == null ? "unknown" : freeze.until().truncatedTo(ChronoUnit.SECONDS));
  }
}
