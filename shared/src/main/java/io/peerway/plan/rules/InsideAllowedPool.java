package io.peerway.plan.rules;

import io.peerway.model.value.Cidr;
import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * Every CIDR of a service VPC, secondary ones too, lies inside the pool that the network team keeps
 * for services.
 */
final class InsideAllowedPool implements AddressRule {
  @Override
  public Optional<Refusal> refusal(Addresses addresses, Settings settings) {
    for (Cidr cidr : addresses.cidrs()) {
      if (settings.allowedPool().stream().noneMatch(pool -> pool.contains(cidr))) {
        return refuse(
            cidr
                + " of "
                + addresses.vpc()
                + " is outside the allowed pool "
                + settings.allowedPool());
      }
    }
    return Optional.empty();
  }
}
