package io.peerway.testing;

import io.peerway.model.VpnInstance;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The hub account's network in a {@link World}. */
final class FakeHubNetwork extends FakeNetwork implements HubNetwork {

  /**
   * A network that needs no role.
   *
   * @param account the hub; or that of people who end what joins their VPC with it
   */
  FakeHubNetwork(World world, AccountId account, String name) {
    super(world, account, name, () -> {});
  }

  @Override
  public Complete<Peering> livePeerings() {
    read("peering connections");
    return new Complete<>(
        world.peerings.values().stream()
            .filter(peering -> peering.status().isPending() || peering.status().isAccepted())
            .map(this::asSeenHere)
            .toList());
  }

  @Override
  public Complete<Peering> peerings() {
    read("peering connections");
    return new Complete<>(
        world.peerings.values().stream()
            .filter(peering -> !world.unlisted.contains(peering.id()))
            .map(this::asSeenHere)
            .toList());
  }

  @Override
  public Complete<Peering> endedAdmitted() {
    read("ended peering connections");
    return new Complete<>(
        world.peerings.values().stream()
            .filter(peering -> !peering.status().isPending() && !peering.status().isAccepted())
            .map(this::asSeenHere)
            .filter(peering -> peering.tags().containsKey(Tags.CIDRS))
            .toList());
  }

  @Override
  public Optional<Peering> peering(PeeringId id) {
    read(id.value());
    return Optional.ofNullable(world.peerings.get(id)).map(this::asSeenHere);
  }

  @Override
  public List<VpnInstance> vpnInstances(VpcId vpc) {
    read("VPN instances of " + vpc);
    return IntStream.range(0, world.vpnAddresses.size())
        .mapToObj(i -> vpnInstance(World.vpnInstance(i), world.vpnAddresses.get(i)))
        .toList();
  }

  private VpnInstance vpnInstance(InstanceId id, Cidr address) {
    return new VpnInstance(
        id,
        List.of(address),
        !world.stopped.contains(id),
        List.of(World.VPN_SUBNET),
        List.of(World.VPN_GROUP));
  }

  @Override
  public boolean isVpnInstance(InstanceId id) {
    read(id.value());
    return world.vpnInstances.contains(id);
  }

  @Override
  public List<GroupRule> outboundRules(Collection<SecurityGroupId> ids) {
    read("the outbound rules of " + ids);
    return ids.stream()
        .distinct()
        .flatMap(id -> world.rules(id, List.of(toAnywhere(id))).stream())
        .toList();
  }

  private static GroupRule toAnywhere(SecurityGroupId group) {
    return new GroupRule(group, -1, -1, -1, Cidr.list("0.0.0.0/0"), List.of(), false);
  }

  @Override
  public void ensureRejected(PeeringId id) {
    change("reject " + id);
    if (!known(id).status().isPending()) {
      throw new NotYetVisible(id + " is " + known(id).status());
    }
    decide(id, PeeringStatus.REJECTED);
  }

  @Override
  public void ensureTagged(PeeringId id, Map<String, String> tags) {
    change("tag " + id + " " + new TreeMap<>(tags));
    tags.forEach((key, value) -> world.put(Samples.tagged(known(id), key, value)));
  }

  @Override
  public boolean ensureRefused(VpcId hub, VpcId service, PeeringId because) {
    change("note on " + hub + " that " + service + " is refused");
    Vpc vpc = world.vpcs.get(hub);
    Map<String, String> tags = new HashMap<>(vpc.tags());
    tags.put(Tags.REFUSED_PREFIX + service, because.value());
    if (tags.size() > World.TAGS_PER_RESOURCE) {
      return false;
    }
    world.put(new Vpc(hub, vpc.owner(), vpc.cidrs(), Map.copyOf(tags)));
    return true;
  }

  @Override
  public void ensureWithdrawn(PeeringId id) {
    change("withdraw the claim of " + id);
    world.put(Samples.tagged(known(id), Tags.CIDRS, ""));
  }

  @Override
  public void ensureClosed(PeeringId id) {
    change("close " + id);
    Optional.ofNullable(world.peerings.get(id))
        .ifPresent(
            peering -> {
              Map<String, String> tags = new HashMap<>(peering.tags());
              tags.remove(Tags.CIDRS);
              world.put(
                  new Peering(
                      id,
                      peering.status(),
                      peering.requester(),
                      peering.accepter(),
                      Map.copyOf(tags)));
            });
  }

  @Override
  public void ensureDeleted(PeeringId id) {
    change("delete " + id);
    Optional.ofNullable(world.peerings.get(id))
        .filter(peering -> peering.status().isPending() || peering.status().isAccepted())
        .ifPresent(peering -> world.put(Samples.in(peering, PeeringStatus.DELETED)));
    world.blackhole(id);
  }
}
