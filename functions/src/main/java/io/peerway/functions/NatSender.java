package io.peerway.functions;

import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.Connection;
import io.peerway.model.NatSet;
import io.peerway.model.Network;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.VpnInstances;
import io.peerway.model.error.NotYetVisible;
import io.peerway.plan.NatPlan;
import io.peerway.plan.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/** Sends the whole NAT set, worked out from what AWS says at this moment. */
record NatSender(
    Settings settings, Function<PeeringId, Network> hub, VpnInstances vpn, Clock clock) {

  /** Every call sends the set of now; an instance that already has it changes nothing. */
  NatRun send(Connection connection, int redrive) {
    Instant readAt = clock.instant();
    Complete<Peering> live = hub.apply(connection.peeringId()).livePeerings();
    NatSet set = NatPlan.plan(live, connection.hub().vpc(), settings.clientPool(), readAt);
    if (!Cidr.allWithin(connection.service().cidrs(), set.services())) {
      throw new NotYetVisible(
          connection.peeringId()
              + " is not shown as active with the claim "
              + connection.service().cidrs()
              + " yet");
    }
    return new NatRun(
        "PENDING",
        vpn.send(set, connection.peeringId()),
        set.servicesDigest(),
        redrive,
        set.generation(),
        null);
  }
}
