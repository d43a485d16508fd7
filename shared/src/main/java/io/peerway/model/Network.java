package io.peerway.model;

import java.util.List;
import java.util.Optional;

/**
 * The VPC network of one account in one Region, as EC2 shows it. Every call may throw a {@link
 * io.peerway.model.error.PeerwayException}.
 */
public interface Network {

  /**
   * Every peering connection that is not over (deleted, rejected, expired, failed): one call while
   * there are fewer than 1,000.
   */
  Complete<Peering> livePeerings();

  /** One peering connection in whatever status; empty where EC2 does not know it (yet). */
  Optional<Peering> peering(PeeringId id);

  Optional<Vpc> vpc(VpcId id);

  /** Every route table of {@code vpc}. */
  Complete<RouteTable> routeTables(VpcId vpc);

  /** Every security group of {@code vpc}. */
  Complete<SecurityGroup> securityGroups(VpcId vpc);

  /**
   * Private IPv4 addresses of the VPN instances of {@code vpc} that run or may run again, as /32
   * prefixes.
   */
  List<Cidr> vpnAddresses(VpcId vpc);

  /** Accepts a pending request. A request that is accepted already stays as it is. */
  void ensureAccepted(PeeringId id);

  /** Rejects a pending request. One that is over already stays as it is. */
  void ensureRejected(PeeringId id);

  /**
   * Writes the claim of {@code cidrs} on the peering connection; the same claim again changes
   * nothing.
   */
  void ensureClaimed(PeeringId id, List<Cidr> cidrs);

  /** Makes one change. Each kind of change says what a second application does. */
  void apply(Change change);
}
