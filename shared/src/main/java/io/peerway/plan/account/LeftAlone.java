package io.peerway.plan.account;

import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;

/** What asks for a connection, or may, and does not get one: people are told why. */
public sealed interface LeftAlone {
  /** Why, in words. */
  String reason();

  /** A VPC that asks. */
  record Refuse(VpcId vpc, String reason) implements LeftAlone {}

  /** What the account has in a Region that cannot be read. */
  record LeaveRegion(Region region, String reason) implements LeftAlone {}
}
