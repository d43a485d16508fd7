package io.peerway.plan.network;

import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a security group is to be opened for. The tag {@code peerway:allow} is its owners' own text:
 * each item of it counts for itself, so that a slip in one closes nothing that another opens.
 *
 * @param wanted the openings the group is to have of us
 * @param slip what of the tag comes to nothing
 */
record Allowance(Set<Ingress> wanted, Optional<Slip> slip) {
  /** Inbound rules of a group, unless the account has a higher quota (VPC user guide, "Quotas"). */
  static final int RULES_PER_GROUP = 60;

  // A piece without a letter at its beginning was broken off what stands before it: "tcp/80 - 90"
  // is one item that cannot be read, and not port 80.
  private static final Pattern ITEMS = Pattern.compile("\\s*,\\s*|\\s+(?=[A-Za-z])");

  /**
   * Weighs one group.
   *
   * @param always what it is opened for whatever its tag says: our own group's ports
   */
  static Allowance of(SecurityGroup group, List<Port> always, List<Cidr> vpnAddresses) {
    String text = group.tags().getOrDefault(Tags.ALLOW, "");
    Set<Port> ports = new LinkedHashSet<>();
    List<String> unread = new ArrayList<>();
    for (String item : ITEMS.split(text.trim(), -1)) {
      if (!item.isEmpty()) {
        try {
          ports.add(Port.parse(item));
        } catch (IllegalArgumentException e) {
          unread.add(item);
        }
      }
    }
    Set<Ingress> wanted = new LinkedHashSet<>();
    always.forEach(port -> wanted.addAll(openings(port, vpnAddresses)));
    List<Port> crowded = addAsFarAsThereIsRoom(wanted, group, ports, vpnAddresses);
    return new Allowance(
        wanted,
        unread.isEmpty() && crowded.isEmpty()
            ? Optional.empty()
            : Optional.of(new Slip(group.id(), text, unread, crowded)));
  }

  // What is open stays open, however many rules there are: the quota may be a higher one.
  private static List<Port> addAsFarAsThereIsRoom(
      Set<Ingress> wanted, SecurityGroup group, Set<Port> ports, List<Cidr> vpnAddresses) {
    Set<Ingress> there = Set.copyOf(group.ingress());
    Set<Ingress> asked = new LinkedHashSet<>();
    ports.forEach(port -> asked.addAll(openings(port, vpnAddresses)));
    asked.stream().filter(there::contains).forEach(wanted::add);
    Set<Ingress> theirs = new LinkedHashSet<>(group.ingress());
    group.ours().forEach(theirs::remove);
    long own = wanted.stream().filter(opening -> !theirs.contains(opening)).count();
    long room = Math.max(0, RULES_PER_GROUP - (group.rules() - group.ours().size()) - own);
    List<Port> crowded = new ArrayList<>();
    for (Port port : ports) {
      List<Ingress> missing =
          openings(port, vpnAddresses).stream()
              .filter(opening -> !wanted.contains(opening))
              .toList();
      if (missing.size() > room) {
        crowded.add(port);
      } else {
        wanted.addAll(missing);
        room -= missing.size();
      }
    }
    return crowded;
  }

  static List<Ingress> openings(Port port, List<Cidr> vpnAddresses) {
    return vpnAddresses.stream().distinct().map(address -> new Ingress(port, address)).toList();
  }
}
