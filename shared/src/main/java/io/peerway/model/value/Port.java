package io.peerway.model.value;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is opened to the VPN, written {@code tcp/22}, {@code udp/8000-8100}, or {@code icmp}. Two
 * are the same where EC2 takes them for one rule; {@code tcp/1-100} beside {@code tcp/22} is not.
 */
public sealed interface Port {

  /** The protocols that have ports. */
  enum Protocol {
    TCP,
    UDP;

    /** As a security group rule names it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The ports from {@code first} to {@code last}, both of them and all between. */
  record Range(Protocol protocol, int first, int last) implements Port {
    private static final Pattern FORM = Pattern.compile("(tcp|udp)/([0-9]{1,5})(?:-([0-9]{1,5}))?");

    public Range {
      checked(first);
      checked(last);
      if (first > last) {
        throw new IllegalArgumentException(
            "ports from the lower to the higher expected, got: " + first + "-" + last);
      }
    }

    private static void checked(int number) {
      if (number < 1 || number > 65_535) {
        throw new IllegalArgumentException("a port from 1 to 65535 expected, got: " + number);
      }
    }

    @Override
    public String toString() {
      return protocol.code() + "/" + first + (first == last ? "" : "-" + last);
    }
  }

  /** Every message of ICMP, so that {@code ping} works and a wrong path is told. */
  record Icmp() implements Port {
    @Override
    public String toString() {
      return "icmp";
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static Port parse(String text) {
    if (text.equals("icmp")) {
      return new Icmp();
    }
    Matcher m = Range.FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "tcp/22, tcp/8000-8100 or icmp expected, got: " + Printable.shortened(text));
    }
    int first = Integer.parseInt(m.group(2));
    return new Range(
        Protocol.valueOf(m.group(1).toUpperCase(Locale.ROOT)),
        first,
        m.group(3) == null ? first : Integer.parseInt(m.group(3)));
  }

  /** Those of a list such as {@code tcp/22,tcp/8000-8100,icmp}. */
  static List<Port> list(String text) {
    return Arrays.stream(text.trim().split("[,\\s]+"))
        .filter(part -> !part.isEmpty())
        .map(Port::parse)
        .distinct()
        .toList();
  }
}
