package io.peerway.model;

import java.util.List;

/** What the organisation says of an account. */
public sealed interface Membership {
  /** Whether this is the id of a root, and not of an organisational unit. */
  static boolean isRoot(String unit) {
    return unit.startsWith("r-");
  }

  /** Not an account of this organisation. */
  record Stranger() implements Membership {}

  /**
   * An account of this organisation.
   *
   * @param active false while it is being closed or suspended
   * @param parents its organisational units and the root, innermost first; empty if they were not
   *     asked for
   * @param name as people gave it; empty where it was not asked for
   */
  record Member(String organization, boolean active, List<String> parents, String name)
      implements Membership {

    /** Where its name was not asked for. */
    public Member(String organization, boolean active, List<String> parents) {
      this(organization, active, parents, "");
    }
  }
}
