package io.peerway.aws;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
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
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Tag;

/** {@link HubNetwork} on EC2: what joins the hub VPC, our tags on it, and the VPN instances. */
final class Ec2HubNetwork extends Ec2Network implements HubNetwork {
  private static final List<String> LIVE =
      List.of("initiating-request", "pending-acceptance", "provisioning", "active");
  private static final List<String> ENDED =
      List.of("deleting", "deleted", "rejected", "expired", "failed");
  private static final List<String> INSTANCE_MAY_RUN =
      List.of("pending", "running", "stopping", "stopped");

  private final Ec2Calls ec2;
  private final Ec2Peerings peerings;
  private final Ec2Interfaces interfaces;

  /** A network that is not touched before the first call. */
  Ec2HubNetwork(Ec2Calls ec2, VpcId hub) {
    super(ec2, hub);
    this.ec2 = ec2;
    this.peerings = new Ec2Peerings(ec2);
    this.interfaces = new Ec2Interfaces(ec2);
  }

  @Override
  public Complete<Peering> livePeerings() {
    return peerings.list(Ec2Calls.filter("status-code", LIVE));
  }

  @Override
  public Complete<Peering> peerings() {
    return peerings.list();
  }

  @Override
  public Complete<Peering> endedAdmitted() {
    return peerings.list(
        Ec2Calls.filter("status-code", ENDED), Ec2Calls.filter("tag-key", List.of(Tags.CIDRS)));
  }

  @Override
  public Optional<Peering> peering(PeeringId id) {
    return peerings.read(id);
  }

  @Override
  public List<VpnInstance> vpnInstances(VpcId vpc) {
    return ec2.call(
        "find the VPN instances of " + vpc,
        client ->
            client
                .describeInstancesPaginator(
                    r ->
                        r.filters(
                                Ec2Calls.filter("vpc-id", vpc),
                                Ec2Calls.filter("tag:" + Tags.ROLE, List.of("vpn")),
                                Ec2Calls.filter("instance-state-name", INSTANCE_MAY_RUN))
                            .maxResults(Ec2Calls.PAGE)
                            .overrideConfiguration(ec2.caller()))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Ec2Records::vpnInstance)
                .toList());
  }

  @Override
  public boolean isVpnInstance(InstanceId id) {
    // Whatever its VPC: a terminated instance keeps its tags for a while, but not its network.
    return ec2.call(
        "look at " + id,
        client ->
            client
                .describeInstances(
                    r ->
                        r.filters(
                                Ec2Calls.filter("instance-id", List.of(id.value())),
                                Ec2Calls.filter("tag:" + Tags.ROLE, List.of("vpn")))
                            .overrideConfiguration(ec2.caller()))
                .reservations()
                .stream()
                .anyMatch(reservation -> !reservation.instances().isEmpty()));
  }

  @Override
  public List<GroupRule> outboundRules(Collection<SecurityGroupId> groups) {
    return interfaces.outbound(groups);
  }

  @Override
  public void ensureRejected(PeeringId id) {
    peerings.reject(id);
  }

  @Override
  public void ensureDeleted(PeeringId id) {
    peerings.delete(id);
  }

  @Override
  public void ensureTagged(PeeringId id, Map<String, String> tags) {
    tag(Set.of(), id.value(), tags);
  }

  @Override
  public boolean ensureRefused(VpcId hub, VpcId service, PeeringId because) {
    // A resource holds 50 tags (EC2 User Guide, "Tag restrictions").
    return tag(
        Set.of("TagLimitExceeded"),
        hub.value(),
        Map.of(Tags.REFUSED_PREFIX + service, because.value()));
  }

  @Override
  public void ensureWithdrawn(PeeringId id) {
    // One that is over may be forgotten already, and needs no mark any more.
    tag(Ec2Peerings.UNKNOWN, id.value(), Map.of(Tags.CIDRS, ""));
  }

  @Override
  public void ensureClosed(PeeringId id) {
    ec2.callUnless(
        Ec2Peerings.UNKNOWN,
        "take the mark of its end off " + id,
        client ->
            client.deleteTags(
                r ->
                    r.resources(id.value())
                        .tags(Tag.builder().key(Tags.CIDRS).build())
                        .overrideConfiguration(ec2.caller())));
  }

  private boolean tag(Set<String> harmless, String resource, Map<String, String> tags) {
    List<Tag> sorted =
        new TreeMap<>(tags)
            .entrySet().stream().map(tag -> Ec2Calls.tag(tag.getKey(), tag.getValue())).toList();
    return ec2.callUnless(
        harmless,
        "tag " + resource,
        client ->
            client.createTags(
                r -> r.resources(resource).tags(sorted).overrideConfiguration(ec2.caller())));
  }
}
