package io.peerway.model;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import java.time.Duration;

/**
 * Something that events ask for: that a workflow goes and looks at its subject. Two errands with
 * one {@link #key} are one errand.
 */
public sealed interface Errand {
  /** {@code connect} for a peering connection that may have to be made, or has changed. */
  record Connect(PeeringId subject, boolean doubtful) implements Errand {
    @Override
    public String workflow() {
      return "connect";
    }

    @Override
    public Errand and(Errand same) {
      return new Connect(subject, doubtful && ((Connect) same).doubtful);
    }
  }

  /** {@code disconnect} for a peering connection that may be over. */
  record Disconnect(PeeringId subject) implements Errand {
    @Override
    public String workflow() {
      return "disconnect";
    }

    @Override
    public Errand and(Errand same) {
      return this;
    }
  }

  /** {@code look-at-account}. */
  record Look(AccountLook look) implements Errand {
    @Override
    public String workflow() {
      return "look-at-account";
    }

    @Override
    public AccountId subject() {
      return look.accountId();
    }

    @Override
    public Errand and(Errand same) {
      return new Look(look.and(((Look) same).look));
    }
  }

  /**
   * {@code reconcile} of every connection.
   *
   * @param after how long it waits first, in whole seconds
   */
  record Reconcile(Duration after) implements Errand {
    @Override
    public String workflow() {
      return after.isZero() ? "reconcile" : "reconcile-after-" + after.toSeconds();
    }

    @Override
    public AllConnections subject() {
      return new AllConnections();
    }

    @Override
    public Errand and(Errand same) {
      return this;
    }
  }

  /** What goes. */
  String workflow();

  /** What it goes to look at. */
  Subject subject();

  /** One errand for the reasons of both. */
  Errand and(Errand same);

  /** What makes two errands one. */
  default String key() {
    return workflow() + " " + subject().value();
  }

  /** A request or an acceptance that an event has named. */
  static Errand connect(PeeringId peering) {
    return new Connect(peering, false);
  }
}
