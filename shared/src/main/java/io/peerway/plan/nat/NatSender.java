package io.peerway.plan.nat;

import io.peerway.model.NatSet;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sends the whole NAT set, worked out from what AWS says at this moment. */
public record NatSender(Aws aws) {

  // Whoever waits for answers counts from the set's own time (see NatWait).
  private static final Duration FRESH = Duration.ofSeconds(30);

  /**
   * Sends a set that was worked out a moment ago, or the set of now where that is too long ago. An
   * older set does no harm: an instance keeps the newer, and every claim that is not in this one
   * was written after it was read, so that a newer one is on its way.
   *
   * @param read that set
   */
  public SentSet send(Subject subject, List<Cidr> services, int redrive, NatSet read) {
    Duration age = Duration.ofMillis(aws.clock().millis() - read.generation());
    return age.compareTo(FRESH) < 0 && Cidr.allWithin(services, read.services())
        ? sent(subject, read, redrive)
        : send(subject, services, redrive);
  }

  /**
   * Every call sends the set of now; an instance that already has it changes nothing.
   *
   * @param services CIDRs of the connection that the set has to hold; none when it is taken away,
   *     or when the set is sent for all of them
   */
  public SentSet send(Subject subject, List<Cidr> services, int redrive) {
    Instant readAt = aws.now();
    Complete<Peering> live = aws.hub(subject).livePeerings();
    Settings settings = aws.settings();
    NatSet set = NatPlan.plan(live, settings.hubVpc(), settings.clientPool(), readAt);
    boolean stillClaimed =
        live.items().stream()
            .anyMatch(
                seen -> seen.id().equals(subject) && (seen.isClaimed() || seen.isUnclaimed()));
    // EC2's reads are eventually consistent: what was just written may not be shown yet.
    if (!Cidr.allWithin(services, set.services()) || (services.isEmpty() && stillClaimed)) {
      throw new NotYetVisible(subject + " is not shown with the claim " + services + " yet");
    }
    return sent(subject, set, redrive);
  }

  private SentSet sent(Subject subject, NatSet set, int redrive) {
    return SentSet.pending(aws.vpn().send(set, subject), set, redrive);
  }
}
