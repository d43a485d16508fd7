package io.peerway.plan;

import io.peerway.model.Cidr;
import io.peerway.model.Peering;
import java.util.Optional;

/** Two services with a common address cannot both be reached: who was accepted first keeps it. */
final class ApartFromOtherServices implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    for (Peering other : facts.admittedOthers()) {
      // One that is pending as well is weighed when the claims are compared (see Claims): here it
      // may still lose.
      if (!other.status().isAccepted()) {
        continue;
      }
      for (Cidr cidr : facts.connection().service().cidrs()) {
        for (Cidr taken : other.claim()) {
          if (cidr.overlaps(taken)) {
            return refuse(
                cidr
                    + " of "
                    + facts.connection().service().vpc()
                    + " overlaps "
                    + taken
                    + " of the connected "
                    + other.id());
          }
        }
      }
    }
    return Optional.empty();
  }
}
