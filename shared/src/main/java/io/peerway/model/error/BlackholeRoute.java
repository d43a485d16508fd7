package io.peerway.model.error;

import io.peerway.model.value.PeeringId;

/**
 * A destination is taken by the route of a peering connection that is gone. Where that one was
 * ours, its {@code disconnect} is about to remove the route; otherwise a person has to.
 */
public final class BlackholeRoute extends PeerwayException {
  public BlackholeRoute(PeeringId about, String what) {
    super(about, what);
  }
}
