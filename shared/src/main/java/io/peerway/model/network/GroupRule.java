package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import java.util.List;

/**
 * A rule of a security group, inbound or outbound, whoever wrote it and in whatever form.
 *
 * @param protocol by its number: 6 is TCP, 17 UDP, 1 ICMP; -1 is every protocol
 * @param from and {@code to}: the ports of TCP and UDP; of ICMP {@code from} is the type; -1 for
 *     every one
 * @param cidrs its IPv4 CIDRs. Security groups of its own VPC that it names are left out: nothing
 *     of the other VPC is in them
 * @param lists the prefix lists that it names
 * @param namesPeers whether it names security groups behind a peering connection (VPC peering
 *     guide, "Update your security groups to reference peer security groups")
 */
public record GroupRule(
    SecurityGroupId group,
    int protocol,
    int from,
    int to,
    List<Cidr> cidrs,
    List<PrefixListId> lists,
    boolean namesPeers) {}
