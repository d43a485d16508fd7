package io.peerway.plan.rules;

import io.peerway.model.Parties;
import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * EC2 allows one peering connection between two VPCs, and refuses to accept another ({@code
 * VpcPeeringConnectionAlreadyExists}): one that both sides have asked for is made by one request.
 */
final class OnlyOneForTwoVpcs implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    if (facts.peering().status().isAccepted()) {
      return Optional.empty();
    }
    return Parties.successor(facts.connection(), facts.others())
        .flatMap(
            other ->
                refuse(
                    facts.connection().service().vpc()
                        + " and the hub VPC are joined by "
                        + other.id()
                        + " already"));
  }
}
