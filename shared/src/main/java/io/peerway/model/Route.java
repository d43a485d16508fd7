package io.peerway.model;

import java.util.Optional;

/**
 * An IPv4 route of a route table.
 *
 * @param target the id behind it, such as {@code pcx-…}, {@code igw-…}, {@code local}
 */
public record Route(Cidr destination, String target, State state) {

  /** {@code BLACKHOLE}: the target is gone, packets are dropped. */
  public enum State {
    ACTIVE,
    BLACKHOLE
  }

  /** Whether this is the route of {@code peering}: that, and nothing else, makes a route ours. */
  public boolean belongsTo(PeeringId peering) {
    return target.equals(peering.value());
  }

  /** The peering connection behind the route, if that is what it points at. */
  public Optional<PeeringId> peering() {
    return target.startsWith("pcx-") ? Optional.of(new PeeringId(target)) : Optional.empty();
  }
}
