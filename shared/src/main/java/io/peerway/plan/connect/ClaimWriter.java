package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Printable;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Claims;
import io.peerway.plan.rules.LostClaim;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes on a peering connection what was admitted. */
record ClaimWriter(
    Aws aws,
    HubNetwork hub,
    Peering peering,
    VpcSight sight,
    Membership membership,
    String execution) {
  // A tag's value holds 256 characters, a name 50 (Organizations API reference, "CreateAccount").
  private static final int NAME = 50;

  /**
   * Writes the tags that are missing.
   *
   * @return why the connection is over, where the VPC has lost its tag meanwhile
   */
  Optional<String> write(Connection admitted, List<Cidr> leftOut) {
    Map<String, String> missing = missing(admitted, leftOut);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> tags = new HashMap<>(missing);
    // Of one that is accepted already nobody knows when that was.
    if (peering.status().isPending()) {
      tags.putAll(memory());
    }
    hub.ensureTagged(peering.id(), tags);
    // Only a first claim that no tag has asked for is not read again: its CIDRs may lag behind
    // until
    // reconcile.
    return Claims.wantsConnection(sight) || LostClaim.isLost(peering) || !peering.claim().isEmpty()
        ? Claims.overSince(sight, seenInside(admitted.service()))
        : Optional.empty();
  }

  // What people ask later, and no call of AWS would tell.
  private Map<String, String> memory() {
    Map<String, String> memory = new HashMap<>();
    memory.put(Tags.LET_IN, aws.now().truncatedTo(ChronoUnit.SECONDS) + " " + execution);
    if (membership instanceof Membership.Member member && !member.name().isBlank()) {
      memory.put(Tags.ACCOUNT, Printable.shortened(member.name(), NAME));
    }
    return memory;
  }

  /** What the peering connection lacked before anything was written. */
  Map<String, String> missing(Connection admitted, List<Cidr> leftOut) {
    return Claims.missingTags(
        peering, admitted.service().cidrs(), leftOut, Claims.wantsConnection(sight));
  }

  private Vpc seenInside(VpcSide service) {
    return seen(aws.inside(service, peering.id()), service.vpc(), service.account());
  }

  /** A VPC that has to be there. */
  static Vpc seen(Network network, VpcId id, AccountId owner) {
    return network
        .vpc(id)
        .filter(vpc -> vpc.owner().equals(owner))
        .orElseThrow(() -> new NotYetVisible(id + " is not visible in account " + owner));
  }
}
