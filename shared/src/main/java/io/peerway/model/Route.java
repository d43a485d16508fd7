package io.peerway.model;

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
}
