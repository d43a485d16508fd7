package io.peerway.plan.nat;

import io.peerway.model.value.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the document on a VPN instance said it found in force after its work, read back from the
 * kernel.
 *
 * @param outcome {@code applied}, {@code unchanged} or {@code superseded} (a newer set was there
 *     already)
 * @param services null where the list was too long for Run Command's output
 * @param servicesDigest as in {@link io.peerway.model.NatSet#servicesDigest}
 */
public record AppliedSet(
    String outcome, List<Cidr> clients, @Nullable List<Cidr> services, String servicesDigest) {

  /** Whether the set that was sent, by its digest, is the one in force. */
  public boolean isExactly(String sentDigest, List<Cidr> clientPool) {
    return servicesDigest.equals(sentDigest) && Cidr.allWithin(clientPool, clients);
  }

  /**
   * Whether packets from every one of {@code clientPool} to every one of {@code serviceCidrs} are
   * known to be translated.
   */
  public boolean covers(List<Cidr> clientPool, List<Cidr> serviceCidrs) {
    return Cidr.allWithin(clientPool, clients)
        && services != null
        && Cidr.allWithin(serviceCidrs, services);
  }
}
