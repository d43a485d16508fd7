package io.peerway.model.value;

import java.util.regex.Pattern;

/** A security group, {@code sg-} and 8 to 17 hexadecimal digits. */
public record SecurityGroupId(String value) implements Place, Comparable<SecurityGroupId> {
  private static final Pattern FORM = Pattern.compile("sg-[0-9a-f]{8,17}");

  public SecurityGroupId {
    Ids.check(FORM, "a security group id (sg-…)", value);
  }

  @Override
  public int compareTo(SecurityGroupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
