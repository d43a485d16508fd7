package io.peerway.model.value;

import java.util.regex.Pattern;

/** A VPC, {@code vpc-} and 8 to 17 hexadecimal digits. */
public record VpcId(String value) implements Place, Comparable<VpcId> {
  private static final Pattern FORM = Pattern.compile("vpc-[0-9a-f]{8,17}");

  public VpcId {
    Ids.check(FORM, "a VPC id (vpc-…)", value);
  }

  /** Whether this would be a VPC's id. */
  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(VpcId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
