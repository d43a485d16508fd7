package io.peerway.model.freeze;

import org.jspecify.annotations.Nullable;

/**
 * How an execution has begun.
 *
 * @param freezes as its input says
 * @param redriven whether people have redriven it, or the execution that has started it
 */
public record Beginning(Freezes freezes, boolean redriven) {

  /**
   * By what an execution knows of itself.
   *
   * @param given in its input; people leave it out
   * @param starters how often the execution was redriven that has started it
   * @param redrives how often it was redriven itself
   */
  public static Beginning of(
      @Nullable Freezes given, @Nullable Integer starters, @Nullable Integer redrives) {
    return new Beginning(
        given == null ? Freezes.BY_HAND : given, isPositive(starters) || isPositive(redrives));
  }

  private static boolean isPositive(@Nullable Integer count) {
    return count != null && count > 0;
  }

  /** How it stands to freezes: only people redrive. */
  public Freezes stands() {
    return redriven ? Freezes.BY_HAND : freezes;
  }
}
