package io.peerway.plan.findings;

import io.peerway.model.Todo;
import java.util.List;

/**
 * Which of the at most two rounds of a run it is. In the second one the accounts are checked again
 * of which AWS has refused something in the first, once all others are repaired.
 *
 * @param again whether it is the second one
 * @param repaired what the first one has gone through
 */
public record Round(boolean again, List<Todo> repaired) {
  public static final Round FIRST = new Round(false, List.of());
  public static final Round SECOND = new Round(true, List.of());

  public Round {
    repaired = List.copyOf(repaired);
  }
}
