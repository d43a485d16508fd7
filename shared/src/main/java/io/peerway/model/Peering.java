package io.peerway.model;

import java.util.List;
import java.util.Map;

/**
 * A VPC peering connection as the hub account sees it.
 *
 * @param tags the hub account's own tags on it; tags of the other account are invisible here, so
 *     these can be trusted
 */
public record Peering(
    PeeringId id,
    PeeringStatus status,
    VpcSide requester,
    VpcSide accepter,
    Map<String, String> tags) {

  /**
   * The service CIDRs that admission claimed for this peering connection, in its tag; empty before
   * admission.
   */
  public List<Cidr> claim() {
    return Cidr.list(tags.getOrDefault(Tags.CIDRS, ""));
  }

  public boolean joins(VpcId vpc) {
    return requester.vpc().equals(vpc) || accepter.vpc().equals(vpc);
  }
}
