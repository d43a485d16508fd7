package io.peerway.functions;

import io.peerway.model.network.Change;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.Network;
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

/** A network that differs from another in one respect. */
public interface NetworkDecorator extends Network {

  Network network();

  @Override
  default Map<PeeringId, Peering> peerings(Set<PeeringId> ids) {
    return network().peerings(ids);
  }

  @Override
  default Optional<Vpc> vpc(VpcId id) {
    return network().vpc(id);
  }

  @Override
  default Complete<Vpc> vpcs() {
    return network().vpcs();
  }

  @Override
  default Complete<RouteTable> routeTables(VpcId vpc) {
    return network().routeTables(vpc);
  }

  @Override
  default Complete<SecurityGroup> securityGroups(VpcId vpc) {
    return network().securityGroups(vpc);
  }

  @Override
  default Map<VpcId, Complete<RouteTable>> routeTables() {
    return network().routeTables();
  }

  @Override
  default Map<VpcId, Complete<SecurityGroup>> securityGroups() {
    return network().securityGroups();
  }

  @Override
  default Map<VpcId, Complete<RouteTable>> routeTablesOf(Set<VpcId> vpcs) {
    return network().routeTablesOf(vpcs);
  }

  @Override
  default Map<VpcId, Complete<SecurityGroup>> securityGroupsOf(Set<VpcId> vpcs) {
    return network().securityGroupsOf(vpcs);
  }

  @Override
  default Map<VpcId, Complete<NetworkAcl>> networkAclsOf(Set<VpcId> vpcs) {
    return network().networkAclsOf(vpcs);
  }

  @Override
  default List<Cidr> prefixList(PrefixListId id) {
    return network().prefixList(id);
  }

  @Override
  default boolean hasInterfaces(VpcId vpc) {
    return network().hasInterfaces(vpc);
  }

  @Override
  default Optional<NetworkInterface> interfaceWith(VpcId vpc, Cidr address) {
    return network().interfaceWith(vpc, address);
  }

  @Override
  default Optional<NetworkInterface> interfaceOf(InstanceId instance) {
    return network().interfaceOf(instance);
  }

  @Override
  default Optional<NetworkInterface> interfaceOfAnInstance(VpcId vpc) {
    return network().interfaceOfAnInstance(vpc);
  }

  @Override
  default Optional<RouteTable> routeTableOf(VpcId vpc, String subnet) {
    return network().routeTableOf(vpc, subnet);
  }

  @Override
  default List<GroupRule> inboundRules(Collection<SecurityGroupId> groups) {
    return network().inboundRules(groups);
  }

  @Override
  default void ensureAccepted(PeeringId id) {
    network().ensureAccepted(id);
  }

  @Override
  default PeeringId ensureRequested(VpcId own, VpcSide hub) {
    return network().ensureRequested(own, hub);
  }

  @Override
  default boolean ensureStatus(VpcId vpc, String status) {
    return network().ensureStatus(vpc, status);
  }

  @Override
  default void ensureNoStatus(VpcId vpc) {
    network().ensureNoStatus(vpc);
  }

  @Override
  default Change.Effect apply(Change change) {
    return network().apply(change);
  }
}
