package io.peerway.model.error;

import io.peerway.model.value.PeeringId;

/**
 * A service VPC has a security group of our name that is not ours. It is never touched, and a
 * second group of that name cannot be made.
 */
public final class ForeignGroup extends PeerwayException {
  public ForeignGroup(PeeringId about, String what) {
    super(about, what);
  }
}
