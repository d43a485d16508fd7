package io.peerway.model.error;

import io.peerway.model.value.PeeringId;

/** Read back after the work, something of the connection is not as it should be. */
public final class Drifted extends PeerwayException {
  public Drifted(PeeringId about, String what) {
    super(about, what);
  }
}
