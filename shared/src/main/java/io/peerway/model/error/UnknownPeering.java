package io.peerway.model.error;

/**
 * The hub account does not show a peering connection of this id. It may yet (see {@link
 * NotYetVisible}); otherwise somebody has named one that is none of the hub's, and there is nothing
 * to do.
 */
public final class UnknownPeering extends PeerwayException {
  public UnknownPeering(String message) {
    super(message);
  }
}
