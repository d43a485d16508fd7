package io.peerway.plan.nat;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of others on a VPN instance that does not let pass what clients send to services, or what
 * comes back. It is never touched.
 *
 * @param table family and name, as nft lists them
 * @param why the chain's policy, or the rule
 * @param only the services that it keeps clients from; null where it is all of them
 */
public record ForeignChain(String table, String chain, String why, @Nullable List<Cidr> only) {

  boolean isFor(List<Cidr> services) {
    return only == null
        || only.stream().anyMatch(blocked -> services.stream().anyMatch(blocked::overlaps));
  }

  @Override
  public String toString() {
    return Printable.oneLine(
        "chain %s of table %s lets nothing of VPN clients through%s (%s)"
            .formatted(chain, table, only == null ? "" : " to " + only, why));
  }
}
