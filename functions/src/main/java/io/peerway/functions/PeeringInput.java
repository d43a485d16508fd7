package io.peerway.functions;

import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import org.jspecify.annotations.Nullable;

/** The input of a step that works for one connection. */
public interface PeeringInput extends Step.Input {
  PeeringId peeringId();

  @Override
  default Subject subject() {
    return peeringId();
  }

  /**
   * Whether the step has not been tried before in this run, so that what an earlier step has read a
   * moment ago still holds.
   *
   * @param redrive how often the execution was redriven
   * @param retry how often the step has failed since
   */
  static boolean isFirstTry(@Nullable Integer redrive, @Nullable Integer retry) {
    return (redrive == null || redrive == 0) && (retry == null || retry == 0);
  }
}
