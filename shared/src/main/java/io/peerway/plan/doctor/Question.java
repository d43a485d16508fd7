package io.peerway.plan.doctor;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.Printable;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody cannot reach, and by which port. */
public record Question(Target to, Port port) {
  private static final Set<String> KNOWN = Set.of("to", "port", "protocol");
  private static final String SSH = "22";

  /** What is asked for. */
  public sealed interface Target {}

  /**
   * An address.
   *
   * @param address as a prefix of length 32
   */
  public record Address(Cidr address) implements Target {
    @Override
    public String toString() {
      return plain(address);
    }
  }

  /** An instance of whatever account. */
  public record Instance(InstanceId id) implements Target {
    @Override
    public String toString() {
      return id.value();
    }
  }

  /** A connection as a whole: whatever instance is behind it. */
  public record Connection(PeeringId id) implements Target {
    @Override
    public String toString() {
      return id.value();
    }
  }

  /** An address without the length of its prefix. */
  static String plain(Cidr address) {
    return address.value().substring(0, address.value().indexOf('/'));
  }

  /**
   * Reads a question as a person or a form writes it: {@code to} is an IPv4 address, an instance id
   * or the id of a peering connection; {@code port} is 22 and {@code protocol} TCP where they are
   * left out, or empty.
   *
   * @throws IllegalArgumentException naming the value and what was expected
   */
  public static Question of(@Nullable Object asked) {
    if (!(asked instanceof Map<?, ?> given)) {
      throw new IllegalArgumentException(
          "{\"to\": \"10.110.0.10\", \"port\": 22} or the like expected, got: " + shown(asked));
    }
    for (Object name : given.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("to, port and protocol expected, got: " + shown(name));
      }
    }
    return new Question(
        target(text(given.get("to"))),
        port(text(given.get("port")), text(given.get("protocol")).toLowerCase(Locale.ROOT)));
  }

  private static Target target(String to) {
    try {
      if (to.startsWith("i-")) {
        return new Instance(new InstanceId(to));
      }
      if (to.startsWith("pcx-")) {
        return new Connection(new PeeringId(to));
      }
      return new Address(Cidr.ofAddress(to));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "to: an IPv4 address, an instance id (i-…) or a peering connection (pcx-…) expected, got: "
              + shown(to)
              + (to.contains(":") ? " (Peerway connects IPv4 networks only)" : ""),
          e);
    }
  }

  private static Port port(String port, String protocol) {
    return switch (protocol) {
      case "icmp" -> new Port.Icmp();
      case "", "tcp" -> numbered(Port.Protocol.TCP, port);
      case "udp" -> numbered(Port.Protocol.UDP, port);
      default ->
          throw new IllegalArgumentException(
              "protocol: tcp, udp or icmp expected, got: " + shown(protocol));
    };
  }

  private static Port numbered(Port.Protocol protocol, String port) {
    try {
      int number = Integer.parseInt(port.isEmpty() ? SSH : port);
      return new Port.Range(protocol, number, number);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "port: a number from 1 to 65535 expected, got: " + shown(port), e);
    }
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "").strip();
  }

  private static String shown(@Nullable Object value) {
    String text = text(value);
    return text.isEmpty() ? "nothing" : Printable.shortened(text);
  }
}
