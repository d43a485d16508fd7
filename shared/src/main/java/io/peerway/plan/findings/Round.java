package io.peerway.plan.findings;

import io.peerway.model.Todo;
import io.peerway.plan.freeze.Freeze;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the at most two rounds of a run it is. In the second one the accounts are checked again
 * of which AWS has refused something in the first, once all others are repaired.
 *
 * @param again whether it is the second one
 * @param repaired what the first one has gone through
 * @param freeze what the first one was told of a freeze; null where it has not asked
 */
public record Round(boolean again, List<Todo> repaired, @Nullable Freeze freeze) {
  public static final Round FIRST = new Round(false, List.of(), null);
  public static final Round SECOND = new Round(true, List.of(), null);

  /** The second one, in the freeze that the first one has met. */
  public static Round second(Freeze freeze) {
    return new Round(true, List.of(), freeze);
  }

  public Round {
    repaired = List.copyOf(repaired);
  }
}
