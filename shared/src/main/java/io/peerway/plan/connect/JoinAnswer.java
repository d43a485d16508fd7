package io.peerway.plan.connect;

import io.peerway.model.value.Cidr;
import java.util.List;

/**
 * What was done in a service account, and for whom it was opened.
 *
 * @param vpnAddresses the VPN instances' addresses, which Verify asks for again
 * @param vpnSubnets the subnets that they are in, whose network ACLs Verify reads
 * @param changes each as one line
 */
public record JoinAnswer(List<Cidr> vpnAddresses, List<String> vpnSubnets, List<String> changes) {}
