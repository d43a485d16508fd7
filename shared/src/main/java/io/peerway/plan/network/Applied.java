package io.peerway.plan.network;

import io.peerway.model.network.Change;
import io.peerway.model.port.Network;
import java.util.List;
import java.util.function.Consumer;

/**
 * The changes a step has made, each as one line for the console; none when all was there already.
 */
public record Applied(List<String> changes) {
  /**
   * Applies a plan, in its order. What a run cut off halfway has applied is missing from the next
   * plan.
   *
   * @param log takes a line for each change that was made
   */
  public static Applied to(Network network, List<Change> plan, Consumer<String> log) {
    for (Change change : plan) {
      network.apply(change);
      log.accept(change.toString());
    }
    return new Applied(plan.stream().map(Change::toString).toList());
  }

  /**
   * Applies a plan that may take routes away. {@code admitted} is asked once after the plan's
   * reads, so that nothing is removed that a newer admission has added before them, and once after
   * the removals: a newer admission that came in between may have found a route that is gone now.
   *
   * @param admitted throws where the plan is not of the latest admission
   */
  public static Applied to(
      Network network, List<Change> plan, Consumer<String> log, Runnable admitted) {
    boolean removes = plan.stream().anyMatch(Change.RemoveRoute.class::isInstance);
    if (!removes) {
      return to(network, plan, log);
    }
    admitted.run();
    Applied applied = to(network, plan, log);
    admitted.run();
    return applied;
  }
}
