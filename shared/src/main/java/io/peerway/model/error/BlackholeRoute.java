package io.peerway.model.error;

/**
 * A destination is taken by the route of a peering connection that is gone. Where that one was
 * ours, its {@code disconnect} is about to remove the route; otherwise a person has to.
 */
public final class BlackholeRoute extends PeerwayException {
  public BlackholeRoute(String message) {
    super(message);
  }
}
