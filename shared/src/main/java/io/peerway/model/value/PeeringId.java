package io.peerway.model.value;

import java.util.regex.Pattern;

/** A VPC peering connection, {@code pcx-} and 8 to 17 hexadecimal digits. */
public record PeeringId(String value) implements Subject, Place, Comparable<PeeringId> {
  private static final Pattern FORM = Pattern.compile("pcx-[0-9a-f]{8,17}");

  public PeeringId {
    Ids.check(FORM, "a VPC peering connection id (pcx-…)", value);
  }

  /** Whether a text is to be one, by how it begins. */
  public static boolean isLike(String text) {
    return text.startsWith("pcx-");
  }

  @Override
  public int compareTo(PeeringId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
