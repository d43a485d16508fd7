package io.peerway.functions;

import io.peerway.model.Cidr;
import io.peerway.model.Complete;
import io.peerway.model.NatSet;
import io.peerway.model.Network;
import io.peerway.model.Peering;
import io.peerway.model.Subject;
import io.peerway.model.VpnInstances;
import io.peerway.model.error.NotYetVisible;
import io.peerway.plan.NatPlan;
import io.peerway.plan.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Sends the whole NAT set, worked out from what AWS says at this moment. */
record NatSender(Settings settings, Function<Subject, Network> hub, VpnInstances vpn, Clock clock) {

  /**
   * Every call sends the set of now; an instance that already has it changes nothing.
   *
   * @param services CIDRs of the connection that the set has to hold; none when it is taken away,
   *     or when the set is sent for all of them
   */
  NatRun send(Subject subject, List<Cidr> services, int redrive) {
    Instant readAt = clock.instant();
    Complete<Peering> live = hub.apply(subject).livePeerings();
    NatSet set = NatPlan.plan(live, settings.hubVpc(), settings.clientPool(), readAt);
    boolean stillClaimed =
        live.items().stream()
            .anyMatch(
                seen -> seen.id().equals(subject) && (seen.isClaimed() || seen.isUnclaimed()));
    // EC2's reads are eventually consistent: what was just written may not be shown yet.
    if (!Cidr.allWithin(services, set.services()) || (services.isEmpty() && stillClaimed)) {
      throw new NotYetVisible(subject + " is not shown with the claim " + services + " yet");
    }
    return new NatRun(
        "PENDING", vpn.send(set, subject), set.servicesDigest(), redrive, set.generation(), null);
  }
}
