package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import java.util.List;

/**
 * An inbound rule of a security group, whoever wrote it and in whatever form.
 *
 * @param protocol by its number: 6 is TCP, 17 UDP, 1 ICMP; -1 is every protocol
 * @param from and {@code to}: the ports of TCP and UDP; of ICMP {@code from} is the type; -1 for
 *     every one
 * @param sources its IPv4 CIDRs; sources that are security groups are left out, because a group of
 *     the service's side never has a VPN instance in it
 * @param lists prefix lists that are sources
 */
public record InboundRule(
    SecurityGroupId group,
    int protocol,
    int from,
    int to,
    List<Cidr> sources,
    List<PrefixListId> lists) {}
