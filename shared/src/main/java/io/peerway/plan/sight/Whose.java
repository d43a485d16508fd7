package io.peerway.plan.sight;

/** Whose a peering connection is that the hub account does not show as live. */
public enum Whose {
  /** It joined the hub VPC and is over, or nobody remembers it: its routes lead nowhere. */
  OURS,
  /** It is live, or joins another VPC. */
  OTHERS,
  /** The account's owner does not let us look. */
  UNKNOWN
}
