package io.peerway.plan.seen;

import java.util.Locale;

/** How a connection is. Those that somebody may have to do something about come first. */
public enum State {
  DRIFTED,
  UNKNOWN,
  ENDING,
  WAITING,
  REFUSED,
  CONNECTED;

  /** As people read it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
