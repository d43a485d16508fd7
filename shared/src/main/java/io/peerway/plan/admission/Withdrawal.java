package io.peerway.plan.admission;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.plan.Settings;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.rules.Eligibility;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection has to end. Like admission it goes by what AWS says now; an event alone ends
 * nothing, and what is not ours is left as it is.
 */
public final class Withdrawal {
  private Withdrawal() {}

  /**
   * Why the connection has to end, or empty.
   *
   * @param peering as the hub account sees it, in whatever status
   * @param hub the hub VPC, on which people's refusals are noted
   */
  public static Optional<String> reason(
      Peering peering, Vpc hub, Membership membership, VpcSight vpc, Settings settings) {
    return reason(peering, () -> hub, () -> membership, () -> vpc, settings);
  }

  /**
   * The same, where what stands already is not to wait for what another account or service says.
   *
   * @param hub asked for only where the peering connection itself gives no reason
   * @param membership asked for only where nobody has refused the service VPC
   * @param vpc asked for only where the account may connect
   */
  public static Optional<String> reason(
      Peering peering,
      Supplier<Vpc> hub,
      Supplier<Membership> membership,
      Supplier<VpcSight> vpc,
      Settings settings) {
    Optional<String> said = byItself(peering, settings);
    // What was made by hand only people end: by deleting it, or by a refusal.
    if (said.isPresent() || peering.wasMadeByHand()) {
      return said;
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    return noted(peering, service, hub)
        .or(() -> Eligibility.objection(service.account(), membership.get(), settings))
        .or(() -> ofVpc(peering, vpc.get()));
  }

  /**
   * Whether its end waits for no freeze: a person has refused it, or its account may not be here
   * any more.
   *
   * @param hub asked for only where the peering connection itself says nothing
   * @param membership asked for only where nobody has refused the service VPC
   */
  public static boolean isUrgent(
      Peering peering, Supplier<Vpc> hub, Supplier<Membership> membership, Settings settings) {
    if (Decision.isRefused(peering)) {
      return true;
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    return !peering.wasMadeByHand()
        && noted(peering, service, hub)
            .or(() -> Eligibility.objection(service.account(), membership.get(), settings))
            .isPresent();
  }

  /**
   * Why it has to end whatever its account would say, if there was something to end: a person has
   * refused it, say, and its account lets nobody look any more.
   */
  public static Optional<String> inAnyCase(Peering peering, Settings settings) {
    return isNew(peering) ? Optional.empty() : byItself(peering, settings);
  }

  /** Whether it is a request that was never let in: it has nothing that could end. */
  static boolean isNew(Peering peering) {
    return peering.status().isPending() && !peering.wasLetIn();
  }

  /**
   * Whether its claim was withdrawn and it is still there: {@code disconnect} did not come to its
   * end, or has not yet. A claim that is merely missing says nothing of the kind.
   */
  public static boolean isHalfEnded(Peering peering) {
    return peering.status().isAccepted() && peering.isWithdrawn();
  }

  /**
   * Whether nobody can say that nothing stands against it without a look at its VPC: its tag
   * decides, or whether what has begun to end may come back.
   */
  public static boolean hangsOnVpc(Peering peering) {
    return peering.isByTag() || isHalfEnded(peering);
  }

  /**
   * In words, what to do where the look is refused.
   *
   * @param refusal what the account's owner lets AWS answer
   */
  public static String undecided(Peering peering, VpcSide service, @Nullable String refusal) {
    return "%s: whether it has to end hangs on %s, which cannot be read: %s To end it without a look, tag %s %s=refuse in the hub account."
        .formatted(peering.id(), service.vpc(), refusal, peering.id(), Tags.DECISION);
  }

  private static Optional<String> byItself(Peering peering, Settings settings) {
    if (!peering.status().isAccepted() && !peering.status().isPending()) {
      return Optional.of("the peering connection is " + peering.status().code());
    }
    if (Decision.isRefused(peering)) {
      return Optional.of(Decision.reason(Parties.service(peering, settings.hubVpc()).vpc()));
    }
    if (peering.holdsUpDeletion()) {
      return Optional.of(
          Parties.service(peering, settings.hubVpc()).vpc()
              + " is being deleted: nothing is left in it, and EC2 deletes it once our security group is gone");
    }
    return Optional.empty();
  }

  // The VPC's next request may have been let in just before its refusal was noted. What was never
  // let in admission refuses, by its rule.
  private static Optional<String> noted(Peering peering, VpcSide service, Supplier<Vpc> hub) {
    return peering.wasLetIn() && hub.get().hasRefused(service.vpc())
        ? Optional.of(Decision.reason(service.vpc()))
        : Optional.empty();
  }

  /**
   * Whether a tag may bring it back at once: what a person refused, or holds up a deletion, waits
   * for a new occasion.
   */
  public static boolean mayBeAskedAnew(Peering ended) {
    return !Decision.isRefused(ended) && !ended.holdsUpDeletion();
  }

  private static Optional<String> ofVpc(Peering peering, VpcSight sight) {
    return switch (sight) {
      case VpcSight.Unknown unknown -> Optional.empty();
      case VpcSight.Gone gone -> Optional.of("the service VPC is deleted");
      case VpcSight.Seen(var vpc) ->
          peering.isByTag() && !vpc.wantsConnection()
              ? Optional.of(vpc.id() + " no longer has the tag " + Tags.CONNECT + "=true")
              : Optional.empty();
    };
  }
}
