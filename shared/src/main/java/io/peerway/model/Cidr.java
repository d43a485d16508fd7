package io.peerway.model;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** An IPv4 prefix in CIDR notation, such as {@code 10.110.0.0/16}; its host bits are zero. */
public record Cidr(String value) implements Comparable<Cidr> {
  // Only what a route table shows: four decimal octets and a length. No wildcards, no leading
  // zeros, no IPv6, no host name.
  private static final IPAddressStringParameters DOTTED =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowIPv6(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .allowLeadingZeros(false)
          .allowPrefixLengthLeadingZeros(false)
          .getParentBuilder()
          .toParams();

  public Cidr {
    block(value);
  }

  /** The single address {@code address} as a prefix of length 32. */
  public static Cidr ofAddress(String address) {
    return new Cidr(address + "/32");
  }

  /** The CIDRs of a list written with commas or white space; an empty text is an empty list. */
  public static List<Cidr> list(String text) {
    return Arrays.stream(text.trim().split("[,\\s]+"))
        .filter(part -> !part.isEmpty())
        .map(Cidr::new)
        .toList();
  }

  /** Whether each of {@code inner} lies in one of {@code outer}. */
  public static boolean allWithin(List<Cidr> inner, List<Cidr> outer) {
    return inner.stream().allMatch(cidr -> outer.stream().anyMatch(block -> block.contains(cidr)));
  }

  /** Whether every address of {@code other} is an address of this prefix. */
  public boolean contains(Cidr other) {
    return block(value).contains(block(other.value));
  }

  /** Whether the two share an address: of two prefixes one then contains the other. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /**
   * The fewest prefixes that hold exactly the addresses of {@code cidrs}: {@code 10.110.0.0/16} and
   * {@code 10.111.0.0/16} give {@code 10.110.0.0/15}. Sorted by address.
   */
  public static List<Cidr> cover(Collection<Cidr> cidrs) {
    if (cidrs.isEmpty()) {
      return List.of();
    }
    IPAddress[] blocks = cidrs.stream().map(c -> block(c.value)).toArray(IPAddress[]::new);
    return Stream.of(blocks[0].mergeToPrefixBlocks(blocks))
        .map(merged -> new Cidr(merged.toString()))
        .sorted()
        .toList();
  }

  @Override
  public int compareTo(Cidr other) {
    return block(value).compareTo(block(other.value));
  }

  @Override
  public String toString() {
    return value;
  }

  private static IPAddress block(String value) {
    try {
      IPAddress block = new IPAddressString(value, DOTTED).toAddress();
      if (!block.isPrefixed()
          || !block
              .toZeroHost()
              .withoutPrefixLength()
              .equals(block.getLower().withoutPrefixLength())) {
        throw notACidr(value);
      }
      return block;
    } catch (AddressStringException e) {
      throw notACidr(value);
    }
  }

  private static IllegalArgumentException notACidr(String value) {
    return new IllegalArgumentException(
        "an IPv4 CIDR without host bits (such as 10.110.0.0/16) expected, got: "
            + Printable.shortened(value));
  }
}
