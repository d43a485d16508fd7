package io.peerway.plan.network;

import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.NetworkAcl.Rule;
import io.peerway.model.value.Cidr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a network ACL denies of some packets, and by which rule. */
final class AclCheck {
  private static final int ANY = -1;

  /**
   * Packets of one protocol: the ports of TCP and UDP from {@code from} to {@code to}; of ICMP the
   * types.
   */
  record Packets(int protocol, int from, int to) {}

  /**
   * What one rule denies.
   *
   * @param cidrs in the fewest prefixes
   * @param from and {@code to}: the first and the last port that it denies to all of these
   */
  record Denial(int rule, List<Cidr> cidrs, int from, int to) {}

  /** A part that no rule has decided yet. */
  private record Part(Cidr cidr, int from, int to) {}

  private record Key(int rule, int from, int to) {
    static Key of(int rule, Part part) {
      return new Key(rule, part.from(), part.to());
    }
  }

  private AclCheck() {}

  /**
   * Goes through the rules by their numbers; the first that matches decides (VPC user guide,
   * "Network ACL rules"). What none matches is denied by the last.
   *
   * @param peers where the packets come from, or go to
   */
  static List<Denial> denials(
      NetworkAcl acl, Direction direction, List<Cidr> peers, Packets packets) {
    List<Part> undecided = new ArrayList<>();
    Cidr.cover(peers).forEach(cidr -> undecided.add(new Part(cidr, packets.from(), packets.to())));
    Map<Key, List<Cidr>> denied = new LinkedHashMap<>();
    acl.rules().stream()
        .filter(rule -> rule.direction() == direction)
        .filter(rule -> rule.protocol() == ANY || rule.protocol() == packets.protocol())
        .sorted(Comparator.comparingInt(Rule::number))
        .forEach(rule -> decide(rule, undecided, denied));
    undecided.forEach(part -> deny(denied, NetworkAcl.LAST, part));
    return denied.entrySet().stream()
        .map(
            entry ->
                new Denial(
                    entry.getKey().rule(),
                    Cidr.cover(entry.getValue()),
                    entry.getKey().from(),
                    entry.getKey().to()))
        .toList();
  }

  private static void deny(Map<Key, List<Cidr>> denied, int rule, Part part) {
    denied.computeIfAbsent(Key.of(rule, part), key -> new ArrayList<>()).add(part.cidr());
  }

  private static void decide(Rule rule, List<Part> undecided, Map<Key, List<Cidr>> denied) {
    List<Part> left = new ArrayList<>();
    for (Part part : undecided) {
      Optional<Part> matched = matched(rule, part);
      if (matched.isEmpty()) {
        left.add(part);
        continue;
      }
      if (!rule.allows()) {
        deny(denied, rule.number(), matched.get());
      }
      left.addAll(without(part, matched.get()));
    }
    undecided.clear();
    undecided.addAll(left);
  }

  private static Optional<Part> matched(Rule rule, Part part) {
    if (!rule.cidr().overlaps(part.cidr())) {
      return Optional.empty();
    }
    Cidr cidr = rule.cidr().contains(part.cidr()) ? part.cidr() : rule.cidr();
    if (rule.protocol() == ANY || rule.from() == ANY) {
      return Optional.of(new Part(cidr, part.from(), part.to()));
    }
    int from = Math.max(rule.from(), part.from());
    int to = Math.min(rule.to(), part.to());
    return from > to ? Optional.empty() : Optional.of(new Part(cidr, from, to));
  }

  /** {@code part} without {@code inner}, which lies in it. */
  private static List<Part> without(Part part, Part inner) {
    List<Part> rest = new ArrayList<>();
    for (Cidr cidr : part.cidr().without(inner.cidr())) {
      rest.add(new Part(cidr, part.from(), part.to()));
    }
    if (part.from() < inner.from()) {
      rest.add(new Part(inner.cidr(), part.from(), inner.from() - 1));
    }
    if (inner.to() < part.to()) {
      rest.add(new Part(inner.cidr(), inner.to() + 1, part.to()));
    }
    return rest;
  }
}
