package io.peerway.model.error;

/**
 * A connection is no longer as this run has read it: a newer admission counts, and this run begins
 * anew.
 */
public final class Superseded extends PeerwayException {
  public Superseded(String message) {
    super(message);
  }
}
