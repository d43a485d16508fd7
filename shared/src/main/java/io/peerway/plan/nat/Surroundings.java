package io.peerway.plan.nat;

import io.peerway.model.value.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of others on a VPN instance stands between clients and services, though all that is ours is
 * as it should be. The document tells it with every answer.
 *
 * @param obstacles chains of others; as many as its output has room for
 * @param obstacleCount how many there are
 * @param unpushed what of the services the OpenVPN server does not send clients a route to; as many
 *     as there is room for; null where it is not known
 * @param unpushedCount how many there are
 * @param pushIn its configuration file
 */
public record Surroundings(
    @Nullable List<ForeignChain> obstacles,
    @Nullable Integer obstacleCount,
    @Nullable List<Cidr> unpushed,
    @Nullable Integer unpushedCount,
    @Nullable String pushIn) {
  private static final int LISTED = 5;

  /** Nothing known. */
  public static final Surroundings NONE = new Surroundings(null, null, null, null, null);

  /** What keeps clients from these services, each in a sentence that says what to do. */
  public List<String> obstructing(String instance, List<Cidr> services) {
    return Objects.requireNonNullElse(obstacles, List.<ForeignChain>of()).stream()
        .filter(chain -> chain.isFor(services))
        .map(
            chain ->
                "VPN instance %s: %s. It is not ours and was left alone: let %s pass there, both ways"
                    .formatted(instance, chain, "connections of the client pool"))
        .toList();
  }

  /** Which of these services clients are not told of, each with the line to add. */
  List<String> unpushed(String instance, List<Cidr> services) {
    List<String> lines = new ArrayList<>();
    for (Cidr service : services) {
      if (missing().stream().anyMatch(service::overlaps)) {
        lines.add(
            "OpenVPN on VPN instance %s does not push %s to clients. Add to %s: %s"
                .formatted(instance, service, file(), line(service)));
      }
    }
    if (lines.isEmpty() && more() > 0) {
      lines.add(
          "OpenVPN on VPN instance %s does not push %d networks to clients, more than it can list. See that %s has: %s"
              .formatted(
                  instance,
                  missing().size() + more(),
                  file(),
                  String.join(", ", services.stream().map(Surroundings::line).toList())));
    }
    return lines;
  }

  /** All that is not pushed, in one line; empty where there is nothing. */
  public String notPushed() {
    return missing().isEmpty() && more() <= 0
        ? ""
        : "does not push %s%s to clients. Add to %s a line for each, such as %s"
            .formatted(
                missing().size() > LISTED ? missing().subList(0, LISTED) : missing(),
                rest() > 0 ? " and " + rest() + " more" : "",
                file(),
                missing().isEmpty() ? "push \"route NETWORK MASK\"" : line(missing().getFirst()));
  }

  /** What to add to which file, so that clients are sent a route to {@code cidr}. */
  public String pushLine(Cidr cidr) {
    return "add to %s: %s".formatted(file(), line(cidr));
  }

  /** Whether there are more of them than it could list. */
  public boolean isCutShort() {
    return more() > 0;
  }

  private int rest() {
    return Math.max(0, missing().size() - LISTED) + more();
  }

  private List<Cidr> missing() {
    return Objects.requireNonNullElse(unpushed, List.of());
  }

  private int more() {
    return unpushedCount == null ? 0 : unpushedCount - missing().size();
  }

  private String file() {
    return pushIn == null || pushIn.isEmpty() ? "its configuration" : pushIn;
  }

  // OpenVPN's manual, "--push" and "--route": a network and its mask.
  private static String line(Cidr cidr) {
    String[] parts = cidr.value().split("/", -1);
    long mask = 0xffffffffL << (32 - Integer.parseInt(parts[1])) & 0xffffffffL;
    return "push \"route %s %d.%d.%d.%d\""
        .formatted(parts[0], mask >> 24, mask >> 16 & 255, mask >> 8 & 255, mask & 255);
  }
}
