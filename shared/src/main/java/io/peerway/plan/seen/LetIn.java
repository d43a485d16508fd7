package io.peerway.plan.seen;

import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a connection was let in, and by which execution of {@code connect}, as its tag says.
 *
 * @param execution its name
 */
public record LetIn(Instant at, String execution) {
  private static final Pattern TAG = Pattern.compile("(\\S+) ([0-9A-Za-z_-]{1,80})");

  /** Empty where the tag is missing or says something else: nothing hangs on it. */
  public static Optional<LetIn> of(Peering peering) {
    Matcher tag = TAG.matcher(peering.tags().getOrDefault(Tags.LET_IN, ""));
    if (!tag.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LetIn(Instant.parse(tag.group(1)), tag.group(2)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
