package io.peerway.plan.admission;

import io.peerway.model.Connection;
import io.peerway.model.network.Peering;
import io.peerway.model.value.Cidr;
import io.peerway.plan.Settings;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.ClaimFitsTag;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.rules.Refusal;
import io.peerway.plan.rules.Rules;
import java.util.List;
import java.util.Optional;

/** Whether a peering request becomes a connection. */
public final class Admission {
  private Admission() {}

  /** What becomes of a request. */
  public sealed interface Outcome {
    /** Accept it and do the rest. */
    record Admitted(Connection connection) implements Outcome {}

    /**
     * A connection whose VPC has got CIDRs that are refused: it goes on with the others.
     *
     * @param connection with the admitted CIDRs only
     */
    record AdmittedInPart(Connection connection, List<Cidr> leftOut, Refusal why)
        implements Outcome {}

    /** Reject it and say why. */
    record Refused(Refusal refusal) implements Outcome {}

    /** A person has to approve it first, by tag. */
    record WaitingForApproval() implements Outcome {}

    /** It was let in before and has to end: {@code disconnect} does that. */
    record Over(String reason) implements Outcome {}

    /** It is over, or none of our business. */
    record NothingToDo(String reason) implements Outcome {}
  }

  /** Decides by everything that was read. */
  public static Outcome decide(AdmissionFacts facts, Settings settings) {
    Peering peering = facts.peering();
    Optional<String> end =
        Withdrawal.reason(
            peering, facts.hubVpc(), facts.membership(), facts.serviceVpc(), settings);
    // A request that was never let in is refused, by its rule.
    if (end.isPresent() && !Withdrawal.isNew(peering)) {
      return new Outcome.Over(end.get());
    }
    Optional<Refusal> refusal = Rules.refusal(facts, settings);
    if (refusal.isPresent()) {
      return inPart(facts, settings, refusal.get()).orElseGet(() -> out(peering, refusal.get()));
    }
    return isApproved(facts, settings)
        ? new Outcome.Admitted(facts.connection())
        : new Outcome.WaitingForApproval();
  }

  private static boolean isApproved(AdmissionFacts facts, Settings settings) {
    Peering peering = facts.peering();
    if (settings.approval() == Settings.Approval.AUTOMATIC
        || Decision.approves(peering, facts.connection().service().cidrs())) {
      return true;
    }
    // What was approved stood in the claim. Whoever gives up his tag for a moment, and his claim
    // with it, must not come back with more.
    if (Withdrawal.isHalfEnded(peering) || hasLostClaim(peering)) {
      return false;
    }
    // What is accepted already was let in before, or people have accepted it by hand.
    return peering.status().isAccepted() || Decision.approves(peering);
  }

  // Whoever let it in has left the mark, and somebody has taken the claim off.
  private static boolean hasLostClaim(Peering peering) {
    return peering.isUnclaimed() && peering.hasMark();
  }

  // What has begun to end and may not come back: nobody would go on to its end otherwise.
  private static Outcome out(Peering peering, Refusal refusal) {
    return Withdrawal.isHalfEnded(peering)
        ? new Outcome.Over(refusal.rule() + ": " + refusal.reason())
        : new Outcome.Refused(refusal);
  }

  // What was admitted before and is refused now (the settings may have changed) is a person's
  // matter: nobody is cut off by this.
  private static Optional<Outcome> inPart(
      AdmissionFacts facts, Settings settings, Refusal refusal) {
    Peering peering = facts.peering();
    List<Cidr> all = facts.connection().service().cidrs();
    if (!peering.status().isAccepted() || peering.claim().isEmpty()) {
      return Optional.empty();
    }
    List<Cidr> admitted =
        all.stream()
            .filter(
                cidr -> Rules.refusal(facts.withServiceCidrs(List.of(cidr)), settings).isEmpty())
            .toList();
    boolean keepsAll = all.stream().filter(peering.claim()::contains).allMatch(admitted::contains);
    if (admitted.isEmpty()
        || !keepsAll
        || Rules.refusal(facts.withServiceCidrs(admitted), settings).isPresent()) {
      return Optional.empty();
    }
    List<Cidr> leftOut = all.stream().filter(cidr -> !admitted.contains(cidr)).toList();
    if (!ClaimFitsTag.fits(leftOut)) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome.AdmittedInPart(
            facts.connection().withServiceCidrs(admitted), leftOut, refusal));
  }
}
