package io.peerway.functions;

import io.peerway.model.PeeringId;
import io.peerway.model.Subject;

/** The input of a step that works for one connection. */
interface PeeringInput extends Step.Input {
  PeeringId peeringId();

  @Override
  default Subject subject() {
    return peeringId();
  }
}
