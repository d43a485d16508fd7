package io.peerway.model.value;

import java.util.regex.Pattern;

/** An AWS Region, such as {@code eu-west-1}. */
public record Region(String value) implements Comparable<Region> {
  private static final Pattern FORM = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  public Region {
    Ids.check(FORM, "an AWS Region (such as eu-west-1)", value);
  }

  @Override
  public int compareTo(Region other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
