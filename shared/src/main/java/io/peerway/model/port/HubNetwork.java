package io.peerway.model.port;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.Peering;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hub account's own network. Only there can a claim be read or written, as a tag is invisible
 * to the other account of a peering connection. The role in a service account may neither reject
 * nor delete nor tag one, and sees no instances ({@code stacks/service-account.yaml}).
 */
public interface HubNetwork extends Network {

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

  /** The VPN instances of {@code vpc} that run or may run again. */
  List<VpnInstance> vpnInstances(VpcId vpc);

  /** Whether an instance of the hub account is a VPN instance, or was one until a moment ago. */
  boolean isVpnInstance(InstanceId id);

  /** The outbound rules of these groups, whoever wrote them. */
  List<GroupRule> outboundRules(Collection<SecurityGroupId> groups);

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
}
