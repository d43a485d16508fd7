package io.peerway.model;

import io.peerway.model.value.Printable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why {@code connect} goes through a connection again: somebody else has taken something of ours
 * away. It is part of that workflow's input.
 *
 * @param what was taken away, in words
 * @param by who did it and when, as far as the event said so
 * @param tags whether it was our tags on the peering connection; otherwise it was routes or
 *     openings
 * @param tell whether people are told of the tags
 */
public record Mending(String what, @Nullable String by, boolean tags, boolean tell) {
  private static final int LONGEST = 400;

  public Mending {
    Objects.requireNonNull(what, "what");
    what = Printable.shortened(what, LONGEST);
    by = by == null ? null : Printable.shortened(by, LONGEST);
  }

  /** Our tags were taken off, or written over. */
  public static Mending ofTags(String what, String by, boolean tell) {
    return new Mending(what, by, true, tell);
  }

  /** A route or an opening is missing. */
  public static Mending ofParts(String what, @Nullable String by) {
    return new Mending(what, by, false, false);
  }
}
