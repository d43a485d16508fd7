package io.peerway.plan.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Something of others that keeps packets of a connection from passing, though all that is ours is
 * as it should be. It is named, and left alone.
 *
 * @param isKnown whether it was seen; otherwise it could not be read whether there is one
 * @param what in one line: where it stands, what it does, and to which part of the connection
 */
public record Obstacle(boolean isKnown, String what) {
  // Each is a line of a notification, and of an execution's data.
  private static final int AT_MOST = 20;

  public static Obstacle seen(String what) {
    return new Obstacle(true, what);
  }

  public static Obstacle unread(String what) {
    return new Obstacle(false, what);
  }

  /** No more of them than people read; how many there are is said. */
  public static List<Obstacle> shortened(List<Obstacle> all) {
    if (all.size() <= AT_MOST) {
      return List.copyOf(all);
    }
    List<Obstacle> kept = new ArrayList<>(all.subList(0, AT_MOST));
    kept.add(seen("and " + (all.size() - AT_MOST) + " more of this kind"));
    return List.copyOf(kept);
  }
}
