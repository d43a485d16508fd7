package io.peerway.model.value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An IPv4 prefix in CIDR notation, such as {@code 10.110.0.0/16}; its host bits are zero. */
public record Cidr(String value) implements Comparable<Cidr> {

  // One way to write each prefix, so that equal prefixes are equal values: no leading zeros (which
  // some read as octal), no mask, no white space.
  private static final Pattern FORM =
      Pattern.compile("(O)[.](O)[.](O)[.](O)/(0|[1-9][0-9]?)".replace("O", "0|[1-9][0-9]{0,2}"));

  private static final Comparator<Block> BY_ADDRESS =
      Comparator.comparingLong(Block::first).thenComparingInt(Block::length);

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

  /** The same as {@link #list} reads it, and as the value of a tag holds it. */
  public static String text(Collection<Cidr> cidrs) {
    return cidrs.stream().map(Cidr::value).collect(Collectors.joining(" "));
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
    Deque<Block> cover = new ArrayDeque<>();
    cidrs.stream().map(cidr -> block(cidr.value)).sorted(BY_ADDRESS).forEach(b -> add(cover, b));
    return cover.reversed().stream().map(block -> new Cidr(block.toString())).toList();
  }

  // Blocks arrive by address, the larger of two with one start first: a block lies in the last one,
  // completes it to their common parent, or comes after it.
  private static void add(Deque<Block> cover, Block block) {
    Block last = cover.peek();
    if (last == null || !(last.contains(block) || last.isOtherHalfOf(block))) {
      cover.push(block);
    } else if (!last.contains(block)) {
      cover.pop();
      add(cover, new Block(last.first, last.length - 1));
    }
  }

  /** The fewest prefixes that hold the addresses of this one without those of {@code inner}. */
  public List<Cidr> without(Cidr inner) {
    Block out = block(inner.value);
    List<Cidr> rest = new ArrayList<>();
    Block left = block(value);
    if (out.contains(left)) {
      return List.of();
    }
    while (left.contains(out) && !out.contains(left)) {
      Block lower = new Block(left.first, left.length + 1);
      Block upper = new Block(left.first + Block.size(left.length + 1), left.length + 1);
      boolean isLower = lower.contains(out);
      rest.add(new Cidr((isLower ? upper : lower).toString()));
      left = isLower ? lower : upper;
    }
    return rest.isEmpty() ? List.of(this) : List.copyOf(rest);
  }

  /** Sorts by first address, then larger prefixes first. */
  @Override
  public int compareTo(Cidr other) {
    return BY_ADDRESS.compare(block(value), block(other.value));
  }

  @Override
  public String toString() {
    return value;
  }

  private static Block block(String value) {
    Matcher m = FORM.matcher(value);
    if (!m.matches()) {
      throw notACidr(value);
    }
    long first = 0;
    for (int octet = 1; octet <= 4; octet++) {
      int number = Integer.parseInt(m.group(octet));
      if (number > 255) {
        throw notACidr(value);
      }
      first = first << 8 | number;
    }
    int length = Integer.parseInt(m.group(5));
    if (length > 32 || first % Block.size(length) != 0) {
      throw notACidr(value);
    }
    return new Block(first, length);
  }

  private static IllegalArgumentException notACidr(String value) {
    return new IllegalArgumentException(
        "an IPv4 CIDR without host bits (such as 10.110.0.0/16) expected, got: "
            + Printable.shortened(value));
  }

  /** The prefix as numbers: {@code size(length)} addresses from {@code first} on. */
  private record Block(long first, int length) {

    static long size(int length) {
      return 1L << (32 - length);
    }

    boolean contains(Block other) {
      return first <= other.first && other.first + size(other.length) <= first + size(length);
    }

    /** Whether this and the following {@code other} are the halves of one prefix. */
    boolean isOtherHalfOf(Block other) {
      return length == other.length
          && first + size(length) == other.first
          && first % (2 * size(length)) == 0;
    }

    @Override
    public String toString() {
      return (first >> 24)
          + "."
          + (first >> 16 & 255)
          + "."
          + (first >> 8 & 255)
          + "."
          + (first & 255)
          + "/"
          + length;
    }
  }
}
