package io.peerway.plan.reconcile;

import io.peerway.model.Connection;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.rules.Refusal;
import java.util.Optional;

/** A connected VPC whose CIDRs are not those that were admitted. */
final class ChangedCidrs {
  private ChangedCidrs() {}

  // What admission refuses now, connect would refuse every hour, and people would be told as often.
  static Optional<Finding> finding(Peering peering, Vpc vpc, Admission.Outcome outcome) {
    return switch (outcome) {
      case Admission.Outcome.Admitted(Connection connection) ->
          Optional.of(Finding.drift(peering.id(), inPlaceOfTheClaim(peering, connection)));
      case Admission.Outcome.AdmittedInPart(var connection, var leftOut, Refusal why) ->
          Optional.of(
              Finding.drift(
                  peering.id(),
                  inPlaceOfTheClaim(peering, connection)
                      + " and leave "
                      + leftOut
                      + " out by rule "
                      + ConnectionCheck.inWords(why)));
      case Admission.Outcome.Refused(Refusal refusal) ->
          Optional.of(
              Finding.leftAlone(
                  peering.id(),
                  "stays connected with "
                      + peering.claim()
                      + ": what "
                      + vpc.id()
                      + " has now is refused by rule "
                      + ConnectionCheck.inWords(refusal)));
      // Who was let in is not asked about again, and why it would be over was asked before.
      case Admission.Outcome.WaitingForApproval waiting -> Optional.empty();
      case Admission.Outcome.Over over -> Optional.empty();
      case Admission.Outcome.NothingToDo nothing -> Optional.empty();
    };
  }

  private static String inPlaceOfTheClaim(Peering peering, Connection admitted) {
    VpcSide side = admitted.service();
    return "admit " + side.cidrs() + " of " + side.vpc() + " in place of " + peering.claim();
  }
}
