package io.peerway.model.error;

/** Read back after the work, something of the connection is not as it should be. */
public final class Drifted extends PeerwayException {
  public Drifted(String message) {
    super(message);
  }
}
