package io.peerway.plan;

import io.peerway.model.Cidr;
import java.util.Optional;

/**
 * Every CIDR of a service VPC, secondary ones too, lies inside the pool that the network team keeps
 * for services.
 */
final class InsideAllowedPool implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    for (Cidr cidr : facts.connection().service().cidrs()) {
      if (settings.allowedPool().stream().noneMatch(pool -> pool.contains(cidr))) {
        return refuse(
            cidr
                + " of "
                + facts.connection().service().vpc()
                + " is outside the allowed pool "
                + settings.allowedPool());
      }
    }
    return Optional.empty();
  }
}
