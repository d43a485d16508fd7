package io.peerway.plan.rules;

import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * A reason to refuse a request that lies in the addresses of its VPC alone. A tagged VPC is not
 * even asked for where one stands against it.
 */
interface AddressRule extends AdmissionRule {

  /** The refusal, or empty where this rule has nothing against the addresses. */
  Optional<Refusal> refusal(Addresses addresses, Settings settings);

  @Override
  default Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    return refusal(facts.addresses(), settings);
  }
}
