package io.peerway.functions.seen;

import io.peerway.functions.seen.html.ReachHtml.Filled;
import io.peerway.model.value.PeeringId;
import org.jspecify.annotations.Nullable;

/** What a widget asks for. */
sealed interface Asked {

  /** What the function can show, for who puts a widget on a dashboard. */
  record Describe() implements Asked {}

  record Network() implements Asked {}

  /**
   * One connection.
   *
   * @param run the execution that the picture was drawn from; null where that is not known
   */
  record Details(PeeringId id, @Nullable String run) implements Asked {}

  /**
   * The form.
   *
   * @param send whether somebody has sent it
   */
  record Reach(Filled filled, boolean send) implements Asked {}

  record Waiting() implements Asked {}

  /** An execution of {@code reconcile}, by its name. */
  record Run(String name) implements Asked {}
}
