package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import java.util.Optional;

/**
 * An IPv4 route of a route table.
 *
 * @param target the id behind it, such as {@code pcx-…}, {@code igw-…}, {@code local}
 */
public record Route(Cidr destination, String target, State state, Origin origin) {

  /** What a route inside the VPC has as its target. */
  public static final String LOCAL = "local";

  /** {@code BLACKHOLE}: the target is gone, packets are dropped. */
  public enum State {
    ACTIVE,
    BLACKHOLE
  }

  /** How it came into its table. */
  public enum Origin {
    /** Made with the table, or added to it. */
    STATIC,
    /**
     * Written by a virtual private gateway. A static route to the same destination may stand beside
     * it and is preferred (VPC user guide, "How route priority works"); it cannot be deleted.
     */
    PROPAGATED
  }

  /** A static route. */
  public Route(Cidr destination, String target, State state) {
    this(destination, target, state, Origin.STATIC);
  }

  /** Whether this is the route of {@code peering}: that, and nothing else, makes a route ours. */
  public boolean belongsTo(PeeringId peering) {
    return target.equals(peering.value());
  }

  /** The peering connection that it leads through, where it does. */
  public Optional<PeeringId> peering() {
    return PeeringId.isLike(target) ? Optional.of(new PeeringId(target)) : Optional.empty();
  }

  public boolean isStatic() {
    return origin == Origin.STATIC;
  }
}
