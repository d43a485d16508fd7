package io.peerway.plan.disconnect;

import io.peerway.model.value.AccountId;
import java.util.List;
import java.util.Objects;

/**
 * What became of a peering connection that was to be deleted.
 *
 * @param lookAt accounts to look at once all of it is gone: that of what was ended here, as its tag
 *     may be on again, and whoever saw the tag then saw the peering connection still; and those
 *     that wait for its addresses
 */
public record DeleteAnswer(State state, List<AccountId> lookAt) {
  public DeleteAnswer {
    Objects.requireNonNull(state, "state");
    lookAt = List.copyOf(lookAt);
  }

  /** What the workflow branches on. */
  public enum State {
    DELETED,
    /** Another run has told of it. */
    GONE,
    /** It was admitted anew meanwhile. */
    WANTED_AGAIN
  }
}
