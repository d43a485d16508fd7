package io.peerway.model.error;

/** A route table has no room for another route. */
public final class RouteTableFull extends PeerwayException {
  public RouteTableFull(String message, Throwable cause) {
    super(message, cause);
  }
}
