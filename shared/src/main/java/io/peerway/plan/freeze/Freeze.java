package io.peerway.plan.freeze;

import io.peerway.model.freeze.Freezes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a freeze means to one run.
 *
 * @param holds whether what the run would change has to wait
 * @param freezes what is handed on to an execution that goes on with the same work
 * @param words what is to be said of it; empty where there is no freeze
 * @param until the end of what holds; null where nobody knows it
 * @param unreadable why the calendar cannot be read; null where it can
 */
public record Freeze(
    boolean holds,
    Freezes freezes,
    String words,
    @Nullable Instant until,
    @Nullable String unreadable) {
  /** Nothing was asked, as nothing would be changed. */
  public static final Freeze NONE = let(Freezes.HEED, "", null);

  public Freeze {
    Objects.requireNonNull(freezes, "freezes");
    Objects.requireNonNull(words, "words");
  }

  static Freeze let(Freezes freezes, String words, @Nullable String unreadable) {
    return new Freeze(false, freezes, words, null, unreadable);
  }

  /** One that an earlier step of the same run has met, and was let through. */
  public static Freeze met(@Nullable Freezes freezes, @Nullable String words) {
    return let(
        Objects.requireNonNullElse(freezes, Freezes.PASSED),
        Objects.requireNonNullElse(words, ""),
        null);
  }
}
