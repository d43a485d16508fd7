package io.peerway.plan;

import io.peerway.model.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * The claim is kept in one tag, whose value holds 256 characters (EC2 user guide, "Tag
 * restrictions"): about 14 CIDRs.
 */
final class ClaimFitsTag implements AddressRule {
  private static final int TAG_VALUE_LIMIT = 256;

  static boolean fits(List<Cidr> cidrs) {
    return Cidr.text(cidrs).length() <= TAG_VALUE_LIMIT;
  }

  @Override
  public Optional<Refusal> refusal(Addresses addresses, Settings settings) {
    return fits(addresses.cidrs())
        ? Optional.empty()
        : refuse(
            addresses.vpc()
                + " has "
                + addresses.cidrs().size()
                + " CIDRs, "
                + Cidr.text(addresses.cidrs()).length()
                + " characters written out; at most "
                + TAG_VALUE_LIMIT
                + " are supported");
  }
}
