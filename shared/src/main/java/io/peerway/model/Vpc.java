package io.peerway.model;

import java.util.List;
import java.util.Map;

/**
 * A VPC with all its IPv4 CIDRs.
 *
 * @param cidrs primary first, then every associated secondary CIDR
 */
public record Vpc(VpcId id, AccountId owner, List<Cidr> cidrs, Map<String, String> tags) {}
