package io.peerway.plan.rules;

import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * Two services with a common address cannot both be reached: who was accepted first keeps it. That
 * holds for what people connected by hand, too: a longer prefix would take over its packets.
 */
final class ApartFromOtherServices implements AddressRule {
  @Override
  public Optional<Refusal> refusal(Addresses addresses, Settings settings) {
    // One that is pending as well is weighed when the claims are compared (see Claims): here it may
    // still lose.
    return addresses.others().stream()
        .flatMap(other -> addresses.overlap(other).stream())
        .findFirst()
        .flatMap(this::refuse);
  }
}
