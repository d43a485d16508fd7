package io.peerway.functions;

import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;

/** The input of a step that works for one connection. */
public interface PeeringInput extends Step.Input {
  PeeringId peeringId();

  @Override
  default Subject subject() {
    return peeringId();
  }
}
