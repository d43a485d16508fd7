package io.peerway.model;

import java.util.List;

/**
 * One end of a VPC peering connection.
 *
 * @param cidrs all IPv4 CIDRs of the VPC; empty where they cannot be seen (a peering connection
 *     shows the other side's CIDRs only once it is active: EC2 user guide, "VPC peering connection
 *     lifecycle")
 */
public record VpcSide(AccountId account, Region region, VpcId vpc, List<Cidr> cidrs) {}
