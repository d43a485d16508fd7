package io.peerway.plan.rules;

import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Admission;
import java.util.List;
import java.util.Optional;

/**
 * Where people approve each request, what a connection gets later is not approved by that: its
 * owner could let a small VPC be approved and add a large CIDR. A request without a claim is
 * approved as a whole (see {@link Admission}).
 */
final class ApprovedCidrs implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    Peering peering = facts.peering();
    List<Cidr> claim = peering.claim();
    if (settings.approval() == Settings.Approval.AUTOMATIC
        || !peering.status().isAccepted()
        || claim.isEmpty()) {
      return Optional.empty();
    }
    List<Cidr> unapproved =
        facts.connection().service().cidrs().stream()
            .filter(cidr -> !claim.contains(cidr) && !Decision.approves(peering, List.of(cidr)))
            .toList();
    return unapproved.isEmpty()
        ? Optional.empty()
        : refuse(
            unapproved
                + " of "
                + facts.connection().service().vpc()
                + " came after "
                + claim
                + " was approved; to approve it as well, tag "
                + peering.id()
                + " in the hub account with "
                + Tags.DECISION
                + "=approve "
                + Cidr.text(unapproved));
  }
}
