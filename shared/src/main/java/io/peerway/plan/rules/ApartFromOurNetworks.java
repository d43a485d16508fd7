package io.peerway.plan.rules;

import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * A service must not have an address of the hub VPC, of the client pool or of the company: packets
 * to that one would go astray.
 */
final class ApartFromOurNetworks implements AddressRule {
  @Override
  public Optional<Refusal> refusal(Addresses addresses, Settings settings) {
    return addresses
        .overlap(addresses.hub(), "the hub VPC")
        .or(() -> addresses.overlap(settings.clientPool(), "the VPN client pool"))
        .or(() -> addresses.overlap(settings.companyNetworks(), "a company network"))
        .flatMap(this::refuse);
  }
}
