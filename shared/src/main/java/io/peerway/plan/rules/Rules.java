package io.peerway.plan.rules;

import io.peerway.plan.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All reasons to refuse a request. */
public final class Rules {
  private static final List<AddressRule> OF_ADDRESSES =
      List.of(
          new InsideAllowedPool(),
          new ApartFromOurNetworks(),
          new ApartFromOtherServices(),
          new ClaimFitsTag());

  // In the order in which a person would want to hear of them: who, then what.
  private static final List<AdmissionRule> ALL =
      Stream.of(
              Stream.of(
                  new RequesterInOrganisation(),
                  new OnlyOneForTwoVpcs(),
                  new RoomForAccount(),
                  new InConfiguredRegion()),
              OF_ADDRESSES.stream(),
              Stream.of(new ApprovedCidrs(), new Decision()))
          .<AdmissionRule>flatMap(rules -> rules)
          .toList();

  private Rules() {}

  /** The first that stands against a request. */
  public static Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    return ALL.stream().flatMap(rule -> rule.refusal(facts, settings).stream()).findFirst();
  }

  /** The first that stands against the addresses of a VPC that has not asked yet. */
  public static Optional<Refusal> objection(Addresses addresses, Settings settings) {
    return OF_ADDRESSES.stream()
        .flatMap(rule -> rule.refusal(addresses, settings).stream())
        .findFirst();
  }
}
