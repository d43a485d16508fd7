package io.peerway.plan;

import io.peerway.model.Connection;
import io.peerway.model.PeeringStatus;
import io.peerway.model.Tags;
import java.util.List;
import java.util.Optional;

/** Whether a peering request becomes a connection. */
public final class Admission {
  // In the order in which a person would want to hear of them: who, then what.
  private static final List<AdmissionRule> RULES =
      List.of(
          new RequesterInOrganisation(),
          new InsideAllowedPool(),
          new ApartFromOurNetworks(),
          new ApartFromOtherServices(),
          new ClaimFitsTag());

  private Admission() {}

  /** What becomes of a request. */
  public sealed interface Outcome {
    /** Accept it and do the rest. */
    record Admitted(Connection connection) implements Outcome {}

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
    // The note of who asked outlives the claim, which disconnect takes off first.
    boolean letIn =
        facts.peering().tags().containsKey(Tags.BY)
            || (facts.peering().status().isAccepted() && !facts.peering().claim().isEmpty());
    Optional<String> end =
        Withdrawal.reason(facts.peering(), facts.membership(), facts.serviceVpc(), settings);
    if (letIn && end.isPresent()) {
      return new Outcome.Over(end.get());
    }
    Optional<Refusal> refusal =
        RULES.stream().flatMap(rule -> rule.refusal(facts, settings).stream()).findFirst();
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    String decision = facts.peering().tags().getOrDefault(Tags.DECISION, "");
    if (decision.equals("refuse")) {
      return new Outcome.Refused(
          new Refusal("Decision", "a person refused it: tag " + Tags.DECISION + "=refuse"));
    }
    boolean approved =
        settings.approval() == Settings.Approval.AUTOMATIC || decision.equals("approve");
    // A connection that is active already was let in before; a new approval is not asked of it.
    return approved || facts.peering().status() == PeeringStatus.ACTIVE
        ? new Outcome.Admitted(facts.connection())
        : new Outcome.WaitingForApproval();
  }
}
