package io.peerway.functions;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Change;
import io.peerway.model.port.Network;
import io.peerway.plan.notices.Notice.Left;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes things of ours away in a service account, each though another was refused. The one place
 * that decides what is borne: a refusal by the account's owner ({@link Denied}: the role is gone or
 * its policy says no, the account is closed, the Region disabled), an account that AWS does not
 * serve ({@link NotYetOpen}), and a group that something of the owner's still uses. Every other
 * failure is thrown.
 */
public final class Leaving {
  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

  // An owner who denies DeleteRoute may have thousands of routes.
  private static final int REFUSALS = 10;

  private final Network service;
  private final List<String> changes = new ArrayList<>();
  private final Set<Left> left = new LinkedHashSet<>();

  /** In one service account; no call of {@code service} concerns the hub account. */
  public Leaving(Network service) {
    this.service = service;
  }

  /**
   * Makes the changes of a plan that is read first.
   *
   * @param what they take away, in words
   */
  public void takeAway(String what, Supplier<List<Change>> plan) {
    int refusals = 0;
    try {
      for (Change change : plan.get()) {
        if (refusals < REFUSALS && !isMade(what, change)) {
          refusals++;
        }
      }
    } catch (Denied | NotYetOpen owner) {
      left.add(refused(what, owner));
    }
  }

  private boolean isMade(String what, Change change) {
    try {
      switch (service.apply(change)) {
        case MADE -> {
          LOG.info("{}", change);
          changes.add(change.toString());
        }
        case STILL_IN_USE -> left.add(Left.inUse());
      }
      return true;
    } catch (Denied | NotYetOpen owner) {
      left.add(refused(what, owner));
      return false;
    }
  }

  private static Left refused(String what, PeerwayException owner) {
    LOG.warn("left: {}: {}", what, owner.getMessage());
    return new Left(what, owner.getClass().getSimpleName());
  }

  /** What was taken away, each as one line. */
  public List<String> changes() {
    return List.copyOf(changes);
  }

  /** What was not. */
  public List<Left> left() {
    return List.copyOf(left);
  }
}
