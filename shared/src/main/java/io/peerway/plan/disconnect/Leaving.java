package io.peerway.plan.disconnect;

import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Change;
import io.peerway.model.port.Network;
import io.peerway.plan.notices.Notice.Left;
import io.peerway.plan.sight.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes things of ours away in a service account, each though another was refused. The one place
 * that decides what is borne: what {@link Reading} says of an account, and a group that something
 * of the owner's still uses. Every other failure is thrown.
 */
public final class Leaving {
  // An owner who denies DeleteRoute may have thousands of routes.
  private static final int REFUSALS = 10;

  private final Network service;
  private final Consumer<String> log;
  private final List<String> changes = new ArrayList<>();
  private final Set<Left> left = new LinkedHashSet<>();

  /**
   * In one service account; no call of {@code service} concerns the hub account.
   *
   * @param log takes a line for each thing that was taken away, or left
   */
  public Leaving(Network service, Consumer<String> log) {
    this.service = service;
    this.log = log;
  }

  /**
   * Makes the changes of a plan that is read first.
   *
   * @param what they take away, in words
   */
  public void takeAway(String what, Supplier<List<Change>> plan) {
    int refusals = 0;
    for (Change change : planned(what, plan)) {
      if (refusals < REFUSALS && !isMade(what, change)) {
        refusals++;
      }
    }
  }

  private List<Change> planned(String what, Supplier<List<Change>> plan) {
    return switch (Reading.of(plan)) {
      case Reading.Read<List<Change>>(List<Change> changes) -> changes;
      case Reading.Closed<List<Change>>(PeerwayException owner) -> {
        refused(what, owner);
        yield List.of();
      }
    };
  }

  private boolean isMade(String what, Change change) {
    return switch (Reading.of(() -> service.apply(change))) {
      case Reading.Read<Change.Effect>(Change.Effect effect) -> {
        made(change, effect);
        yield true;
      }
      case Reading.Closed<Change.Effect>(PeerwayException owner) -> {
        refused(what, owner);
        yield false;
      }
    };
  }

  private void made(Change change, Change.Effect effect) {
    switch (effect) {
      case MADE -> {
        log.accept(change.toString());
        changes.add(change.toString());
      }
      case STILL_IN_USE -> left.add(Left.inUse());
    }
  }

  private void refused(String what, PeerwayException owner) {
    log.accept("left: " + what + ": " + owner.getMessage());
    left.add(new Left(what, owner.getClass().getSimpleName()));
  }

  /** What was taken away, each as one line. */
  public List<String> changes() {
    return List.copyOf(changes);
  }

  /** What was not. */
  public List<Left> left() {
    return List.copyOf(left);
  }

  /** The same, each in words. */
  public List<String> leftInWords() {
    return left.stream().map(Left::toString).toList();
  }
}
