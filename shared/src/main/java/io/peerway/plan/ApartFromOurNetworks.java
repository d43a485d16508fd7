package io.peerway.plan;

import io.peerway.model.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * A service must not have an address of the hub VPC, of the client pool or of the company: packets
 * to that one would go astray.
 */
final class ApartFromOurNetworks implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    return overlap(facts, "the hub VPC", facts.connection().hub().cidrs())
        .or(() -> overlap(facts, "the VPN client pool", settings.clientPool()))
        .or(() -> overlap(facts, "a company network", settings.companyNetworks()));
  }

  private Optional<Refusal> overlap(AdmissionFacts facts, String what, List<Cidr> theirs) {
    for (Cidr cidr : facts.connection().service().cidrs()) {
      for (Cidr other : theirs) {
        if (cidr.overlaps(other)) {
          return refuse(
              cidr
                  + " of "
                  + facts.connection().service().vpc()
                  + " overlaps "
                  + other
                  + " of "
                  + what);
        }
      }
    }
    return Optional.empty();
  }
}
