package io.peerway.plan.account;

import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.Optional;

/** One thing to do for a service account, as a value that prints as a line. */
public sealed interface AccountAction {
  /** The connection that it is about. */
  default Optional<PeeringId> at() {
    return switch (this) {
      case Connect(PeeringId peering, String reason) -> Optional.of(peering);
      case Restore(PeeringId peering, String what) -> Optional.of(peering);
      case Disconnect(PeeringId peering, String reason) -> Optional.of(peering);
      case Request request -> Optional.empty();
      case Refuse refuse -> Optional.empty();
      case LeaveRegion leave -> Optional.empty();
    };
  }

  /** Ask for a peering from the service side. */
  record Request(Region region, VpcId vpc) implements AccountAction {}

  /**
   * Run {@code connect} again: something of it is not as the VPC now asks, or its CIDRs are not
   * those that were admitted.
   */
  record Connect(PeeringId peering, String reason) implements AccountAction {}

  /** Run {@code connect} because somebody has removed something of ours. */
  record Restore(PeeringId peering, String what) implements AccountAction {}

  /** Run {@code disconnect}. */
  record Disconnect(PeeringId peering, String reason) implements AccountAction {}

  /** Leave a tagged VPC alone, and say why. */
  record Refuse(VpcId vpc, String reason) implements AccountAction {}

  /** Leave alone what the account has in a Region that cannot be read, and say why. */
  record LeaveRegion(Region region, String reason) implements AccountAction {}
}
