package io.peerway.plan.network;

import io.peerway.model.network.Tags;
import io.peerway.model.value.Port;
import io.peerway.model.value.Printable;
import io.peerway.model.value.SecurityGroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a group's tag {@code peerway:allow} comes to nothing.
 *
 * @param value the whole tag
 * @param unread items that mean nothing to us
 * @param crowded what the group has no room for
 */
public record Slip(SecurityGroupId group, String value, List<String> unread, List<Port> crowded) {
  // A tag holds 256 characters: more than these are somebody's joke.
  private static final int NAMED = 5;

  public Slip {
    unread = List.copyOf(unread);
    crowded = List.copyOf(crowded);
  }

  /** The same for the same slip: what else the tag holds may change. */
  String key() {
    return "%08x".formatted((group + " " + unread + crowded).hashCode());
  }

  /** What is wrong with it, in one line. */
  String inWords() {
    List<String> wrong = new ArrayList<>();
    if (!unread.isEmpty()) {
      wrong.add(
          named(unread)
              + " cannot be read: tcp/22, tcp/8000-8100 or icmp expected, with commas between");
    }
    if (!crowded.isEmpty()) {
      wrong.add(
          "no room for "
              + named(crowded.stream().map(Port::toString).toList())
              + ": a group holds "
              + Allowance.RULES_PER_GROUP
              + " rules; ask for a range");
    }
    return "%s=%s: %s. What else it names is opened"
        .formatted(Tags.ALLOW, Printable.shortened(value), String.join("; ", wrong));
  }

  private static String named(List<String> items) {
    String first =
        items.stream()
            .limit(NAMED)
            .map(item -> "\"" + Printable.shortened(item) + "\"")
            .collect(Collectors.joining(", "));
    return items.size() <= NAMED ? first : first + " and " + (items.size() - NAMED) + " more";
  }

  @Override
  public String toString() {
    return group + ": " + inWords();
  }
}
