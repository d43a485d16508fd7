package io.peerway.model.value;

import java.util.regex.Pattern;

/** An EC2 instance, such as {@code i-0123456789abcdef0}. */
public record InstanceId(String value) implements Comparable<InstanceId> {
  private static final Pattern FORM = Pattern.compile("i-[0-9a-f]{8,17}");

  public InstanceId {
    Ids.check(FORM, "an instance id (i-…)", value);
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
