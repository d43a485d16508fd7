package io.peerway.model.value;

import java.util.regex.Pattern;

/** A managed prefix list, {@code pl-} and 8 to 17 hexadecimal digits. */
public record PrefixListId(String value) implements Comparable<PrefixListId> {
  private static final Pattern FORM = Pattern.compile("pl-[0-9a-f]{8,17}");

  public PrefixListId {
    Ids.check(FORM, "a prefix list id (pl-…)", value);
  }

  @Override
  public int compareTo(PrefixListId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
