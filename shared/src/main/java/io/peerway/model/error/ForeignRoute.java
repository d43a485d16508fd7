package io.peerway.model.error;

/**
 * A route table has a route to one of our destinations with a target that is not ours. It is never
 * touched.
 */
public final class ForeignRoute extends PeerwayException {
  public ForeignRoute(String message) {
    super(message);
  }
}
