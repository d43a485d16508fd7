package io.peerway.model.port;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.Change;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Every peering connection in whatever status: one call while there are fewer than 1,000. EC2
   * shows one that is over for some hours (VPC peering guide, "VPC peering connection lifecycle").
   */
  Complete<Peering> peerings();

  /**
   * Every peering connection that is over and was admitted: one that still has its claim has left
   * what it had. EC2 shows a deleted one for two hours more (VPC peering guide, "VPC peering
   * connection lifecycle").
   */
  Complete<Peering> endedAdmitted();

  /** One peering connection in whatever status; empty where EC2 does not know it (yet). */
  Optional<Peering> peering(PeeringId id);

  /** Those of these that EC2 knows, in whatever status: one call for every 200. */
  Map<PeeringId, Peering> peerings(Set<PeeringId> ids);

  Optional<Vpc> vpc(VpcId id);

  /** Every VPC of the account in this Region. */
  Complete<Vpc> vpcs();

  /**
   * Every route table of {@code vpc} that subnets have. One that a gateway has routes what comes in
   * from outside; it takes no routes through a peering connection (VPC user guide, "Gateway route
   * tables").
   */
  Complete<RouteTable> routeTables(VpcId vpc);

  /** Every security group of {@code vpc}. */
  Complete<SecurityGroup> securityGroups(VpcId vpc);

  /** Every route table of the account in this Region, by VPC. */
  Map<VpcId, Complete<RouteTable>> routeTables();

  /** Every security group of the account in this Region, by VPC. */
  Map<VpcId, Complete<SecurityGroup>> securityGroups();

  /** Every route table of these VPCs, in one listing; a VPC that is not there is not among them. */
  Map<VpcId, Complete<RouteTable>> routeTablesOf(Set<VpcId> vpcs);

  /** Every security group of these VPCs, in one listing. */
  Map<VpcId, Complete<SecurityGroup>> securityGroupsOf(Set<VpcId> vpcs);

  /** Every network ACL of these VPCs, in one listing. */
  Map<VpcId, Complete<NetworkAcl>> networkAclsOf(Set<VpcId> vpcs);

  /** The IPv4 CIDRs of a managed prefix list, whosever it is. */
  List<Cidr> prefixList(PrefixListId id);

  /** Whether anything in a VPC has a network interface. */
  boolean hasInterfaces(VpcId vpc);

  /** The VPN instances of {@code vpc} that run or may run again. */
  List<VpnInstance> vpnInstances(VpcId vpc);

  /** Whether an instance of the hub account is a VPN instance, or was one until a moment ago. */
  boolean isVpnInstance(InstanceId id);

  /** Accepts a pending request. A request that is accepted already stays as it is. */
  void ensureAccepted(PeeringId id);

  /**
   * Rejects a pending request. Where somebody else has decided it meanwhile, that is not yet
   * visible to whoever calls this: it may have been accepted.
   */
  void ensureRejected(PeeringId id);

  /** Writes tags on the peering connection; the same again changes nothing. */
  void ensureTagged(PeeringId id, Map<String, String> tags);

  /**
   * Notes on the hub VPC that a person has refused a service VPC; the same again changes nothing.
   *
   * @param hub this account's own VPC
   * @param because the peering connection that was refused
   * @return whether it is noted; false where the hub VPC has no room for another tag
   */
  boolean ensureRefused(VpcId hub, VpcId service, PeeringId because);

  /**
   * Withdraws the claim of the peering connection: its tag stays, with nothing in it. Withdrawn
   * already, or no such connection: nothing happens. Who asked for the connection stays written on
   * it, so that a run after one that was cut off still finds why it has to end.
   */
  void ensureWithdrawn(PeeringId id);

  /**
   * Takes the tag of its claim off a peering connection that is over: nothing of the connection is
   * left to be ended. Off already, or no such connection: nothing happens.
   */
  void ensureClosed(PeeringId id);

  /**
   * Deletes a peering connection. Gone already: nothing happens. Where it is in a state in which it
   * cannot be deleted, that is not yet visible to whoever calls this.
   */
  void ensureDeleted(PeeringId id);

  /**
   * Asks for a peering between {@code own} and {@code hub}. Whoever asks looks first whether there
   * is one: where another run was quicker with it, this is not yet visible.
   */
  PeeringId ensureRequested(VpcId own, VpcSide hub);

  /** Makes one change. Each kind of change says what a second application does. */
  Change.Effect apply(Change change);
}
