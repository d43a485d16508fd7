package io.peerway.model.network;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Objects;

/**
 * One end of a VPC peering connection.
 *
 * @param cidrs all IPv4 CIDRs of the VPC; empty where they cannot be seen (a peering connection
 *     shows the other side's CIDRs only once it is active: EC2 user guide, "VPC peering connection
 *     lifecycle")
 */
public record VpcSide(AccountId account, Region region, VpcId vpc, List<Cidr> cidrs) {

  public VpcSide {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(vpc, "vpc");
    Objects.requireNonNull(cidrs, "cidrs");
  }
}
