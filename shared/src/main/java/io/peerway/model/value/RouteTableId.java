package io.peerway.model.value;

import java.util.regex.Pattern;

/** A route table, {@code rtb-} and 8 to 17 hexadecimal digits. */
public record RouteTableId(String value) implements Comparable<RouteTableId> {
  private static final Pattern FORM = Pattern.compile("rtb-[0-9a-f]{8,17}");

  public RouteTableId {
    Ids.check(FORM, "a route table id (rtb-…)", value);
  }

  @Override
  public int compareTo(RouteTableId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
