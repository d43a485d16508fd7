package io.peerway.model.port;

import io.peerway.model.network.Change;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
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
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The VPC network of one account in one Region, as EC2 shows it: what is asked of a service account
 * as of the hub. What only the hub account is asked for is a {@link HubNetwork}'s. Every call may
 * throw a {@link io.peerway.model.error.PeerwayException}.
 */
public interface Network {

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

  /** What has this address in {@code vpc}, as its primary address or another. */
  Optional<NetworkInterface> interfaceWith(VpcId vpc, Cidr address);

  /** The first network interface of an instance of this account; empty where it has none here. */
  Optional<NetworkInterface> interfaceOf(InstanceId instance);

  /** One of the instances in {@code vpc}, whichever. */
  Optional<NetworkInterface> interfaceOfAnInstance(VpcId vpc);

  /** The table that routes what leaves {@code subnet}: its own, or else the VPC's main one. */
  Optional<RouteTable> routeTableOf(VpcId vpc, String subnet);

  /** The inbound rules of these groups, whoever wrote them. */
  List<GroupRule> inboundRules(Collection<SecurityGroupId> groups);

  /** Accepts the other account's pending request. One that is accepted already stays as it is. */
  void ensureAccepted(PeeringId id);

  /**
   * Asks for a peering between {@code own} and {@code hub}. Whoever asks looks first whether there
   * is one: where another run was quicker with it, this is not yet visible.
   */
  PeeringId ensureRequested(VpcId own, VpcSide hub);

  /**
   * Writes {@code peerway:status} on a VPC; the same again changes nothing.
   *
   * @return false where its owner leaves no room for it: 50 tags of others, or a tag policy
   */
  boolean ensureStatus(VpcId vpc, String status);

  /** Takes it off, whatever it says. Off already: nothing happens. */
  void ensureNoStatus(VpcId vpc);

  /** Makes one change. Each kind of change says what a second application does. */
  Change.Effect apply(Change change);
}
