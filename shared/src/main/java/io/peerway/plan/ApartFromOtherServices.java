package io.peerway.plan;

import java.util.Optional;

/** Two services with a common address cannot both be reached: who was accepted first keeps it. */
final class ApartFromOtherServices implements AddressRule {
  @Override
  public Optional<Refusal> refusal(Addresses addresses, Settings settings) {
    // One that is pending as well is weighed when the claims are compared (see Claims): here it may
    // still lose.
    return addresses.admitted().stream()
        .filter(other -> other.status().isAccepted())
        .flatMap(other -> addresses.overlap(other.claim(), "the connected " + other.id()).stream())
        .findFirst()
        .flatMap(this::refuse);
  }
}
