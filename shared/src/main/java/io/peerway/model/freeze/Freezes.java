package io.peerway.model.freeze;

/**
 * How an execution stands to freezes, as its input says. What our rules, functions and workflows
 * start says so; people who start one leave it out.
 */
public enum Freezes {
  /** Nobody has started it by hand: it waits for the end of a freeze. */
  HEED,
  /** A run that was let through has started it to go on with the same work. */
  PASSED,
  /** People have started it, or what has started it: it goes through. */
  BY_HAND
}
