package io.peerway.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port that is opened to the VPN, written {@code tcp/22} or {@code udp/53}. */
public record Port(Protocol protocol, int number) {
  private static final Pattern FORM = Pattern.compile("(tcp|udp)/([0-9]{1,5})");

  /** The protocols that have ports. */
  public enum Protocol {
    TCP,
    UDP;

    /** As a security group rule names it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Port {
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("a port from 1 to 65535 expected, got: " + number);
    }
  }

  public static Port parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "a port such as tcp/22 expected, got: " + Printable.shortened(text));
    }
    return new Port(
        Protocol.valueOf(m.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(m.group(2)));
  }

  /** The ports of a list such as {@code tcp/22,tcp/443}. */
  public static List<Port> list(String text) {
    return Arrays.stream(text.trim().split("[,\\s]+"))
        .filter(part -> !part.isEmpty())
        .map(Port::parse)
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return protocol.code() + "/" + number;
  }
}
