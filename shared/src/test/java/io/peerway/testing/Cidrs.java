package io.peerway.testing;

import io.peerway.model.value.Cidr;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of prefixes. */
public final class Cidrs {

  private Cidrs() {}

  /** Prefixes of any length down to {@code longest} inside one of length {@code length}. */
  public static Arbitrary<Cidr> inside(String network, int length, int longest) {
    long first = number(network);
    Arbitrary<Long> offsets = Arbitraries.longs().between(0, (1L << 32 - length) - 1);
    return Combinators.combine(offsets, Arbitraries.integers().between(length, longest))
        .as((offset, own) -> cidr(first + offset, own));
  }

  /** The prefix of {@code length} that holds the address {@code number}. */
  public static Cidr cidr(long number, int length) {
    long size = 1L << 32 - length;
    long first = number - number % size;
    return new Cidr(
        "%d.%d.%d.%d/%d"
            .formatted(first >> 24, first >> 16 & 255, first >> 8 & 255, first & 255, length));
  }

  private static long number(String address) {
    long number = 0;
    for (String octet : address.split("[.]")) {
      number = number << 8 | Integer.parseInt(octet);
    }
    return number;
  }
}
