package io.peerway.plan.rules;

import io.peerway.model.value.Cidr;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The claim is kept in one tag, whose value holds 256 characters (EC2 user guide, "Tag
 * restrictions"): about 14 CIDRs.
 */
public final class ClaimFitsTag implements AddressRule {
  private static final int TAG_VALUE_LIMIT = 256;

  public static boolean fits(List<Cidr> cidrs) {
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
