package io.peerway.plan;

import io.peerway.model.Cidr;
import java.util.List;

/**
 * What the document on a VPN instance said it found in force after its work, read back from the
 * kernel.
 *
 * @param outcome {@code applied}, {@code unchanged} or {@code superseded} (a newer set was there
 *     already)
 */
public record NatReport(String outcome, List<Cidr> clients, List<Cidr> services) {

  /**
   * Whether packets from every one of {@code clientPool} to every one of {@code serviceCidrs} are
   * translated.
   */
  public boolean covers(List<Cidr> clientPool, List<Cidr> serviceCidrs) {
    return allIn(clients, clientPool) && allIn(services, serviceCidrs);
  }

  private static boolean allIn(List<Cidr> inForce, List<Cidr> wanted) {
    return wanted.stream().allMatch(cidr -> inForce.stream().anyMatch(set -> set.contains(cidr)));
  }
}
