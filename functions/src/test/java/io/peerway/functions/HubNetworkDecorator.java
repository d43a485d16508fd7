package io.peerway.functions;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub's network that differs from another in one respect. */
public interface HubNetworkDecorator extends NetworkDecorator, HubNetwork {

  @Override
  HubNetwork network();

  @Override
  default Complete<Peering> livePeerings() {
    return network().livePeerings();
  }

  @Override
  default Complete<Peering> peerings() {
    return network().peerings();
  }

  @Override
  default Complete<Peering> endedAdmitted() {
    return network().endedAdmitted();
  }

  @Override
  default Optional<Peering> peering(PeeringId id) {
    return network().peering(id);
  }

  @Override
  default List<VpnInstance> vpnInstances(VpcId vpc) {
    return network().vpnInstances(vpc);
  }

  @Override
  default boolean isVpnInstance(InstanceId id) {
    return network().isVpnInstance(id);
  }

  @Override
  default List<GroupRule> outboundRules(Collection<SecurityGroupId> groups) {
    return network().outboundRules(groups);
  }

  @Override
  default void ensureRejected(PeeringId id) {
    network().ensureRejected(id);
  }

  @Override
  default void ensureTagged(PeeringId id, Map<String, String> tags) {
    network().ensureTagged(id, tags);
  }

  @Override
  default boolean ensureRefused(VpcId hub, VpcId service, PeeringId because) {
    return network().ensureRefused(hub, service, because);
  }

  @Override
  default void ensureWithdrawn(PeeringId id) {
    network().ensureWithdrawn(id);
  }

  @Override
  default void ensureClosed(PeeringId id) {
    network().ensureClosed(id);
  }

  @Override
  default void ensureDeleted(PeeringId id) {
    network().ensureDeleted(id);
  }
}
