package io.peerway.plan.look;

import io.peerway.model.Todo;
import io.peerway.model.freeze.Freezes;
import io.peerway.plan.notices.Notice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow goes on with.
 *
 * @param attempt how often the account's role could not be assumed
 * @param waitSeconds when to look again
 * @param freezes what is handed on to the executions that are started
 */
public record SurveyAnswer(
    State state,
    int attempt,
    int waitSeconds,
    List<Todo> todo,
    @Nullable Notice notice,
    Freezes freezes) {

  /** What the workflow branches on. */
  public enum State {
    READY,
    /** The role is not there yet. */
    WAIT,
    GAVE_UP
  }

  static SurveyAnswer ready(int attempt, List<Todo> todo, @Nullable Notice notice) {
    return new SurveyAnswer(State.READY, attempt, 0, todo, notice, Freezes.HEED);
  }

  /** The same, handing this on. */
  SurveyAnswer handing(Freezes on) {
    return new SurveyAnswer(state, attempt, waitSeconds, todo, notice, on);
  }
}
