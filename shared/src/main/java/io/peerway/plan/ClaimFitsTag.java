package io.peerway.plan;

import java.util.Optional;

/**
 * The claim is kept in one tag, whose value holds 256 characters (EC2 user guide, "Tag
 * restrictions"): about 14 CIDRs.
 */
final class ClaimFitsTag implements AdmissionRule {
  private static final int TAG_VALUE_LIMIT = 256;

  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    var service = facts.connection().service();
    int length = Claims.tagValue(service.cidrs()).length();
    return length <= TAG_VALUE_LIMIT
        ? Optional.empty()
        : refuse(
            service.vpc()
                + " has "
                + service.cidrs().size()
                + " CIDRs, "
                + length
                + " characters written out; at most "
                + TAG_VALUE_LIMIT
                + " are supported");
  }
}
