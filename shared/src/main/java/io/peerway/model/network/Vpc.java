package io.peerway.model.network;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Map;

/**
 * A VPC with all its IPv4 CIDRs.
 *
 * @param cidrs primary first, then every associated secondary CIDR
 */
public record Vpc(VpcId id, AccountId owner, List<Cidr> cidrs, Map<String, String> tags) {

  /** Whether a person has refused {@code service} for good, where this is the hub VPC. */
  public boolean hasRefused(VpcId service) {
    return tags.containsKey(Tags.REFUSED_PREFIX + service);
  }

  /** The VPCs that a person has refused for good, where this is the hub VPC. */
  public List<VpcId> refused() {
    return tags.keySet().stream()
        .filter(key -> key.startsWith(Tags.REFUSED_PREFIX))
        .map(key -> key.substring(Tags.REFUSED_PREFIX.length()))
        .filter(VpcId::isWellFormed)
        .sorted()
        .map(VpcId::new)
        .toList();
  }

  /** Whether its owner asks for a connection: only the exact word counts. */
  public boolean wantsConnection() {
    return "true".equals(tags.get(Tags.CONNECT));
  }
}
