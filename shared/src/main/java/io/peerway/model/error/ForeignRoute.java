package io.peerway.model.error;

import io.peerway.model.value.PeeringId;

/**
 * A route table has a route to one of our destinations with a target that is not ours. It is never
 * touched.
 */
public final class ForeignRoute extends PeerwayException {
  public ForeignRoute(PeeringId about, String what) {
    super(about, what);
  }
}
