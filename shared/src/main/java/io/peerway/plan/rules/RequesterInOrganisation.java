package io.peerway.plan.rules;

import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * Anyone on AWS can send a peering request; only accounts of the organisation, in an allowed unit,
 * get in.
 */
final class RequesterInOrganisation implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    return Eligibility.objection(
            facts.connection().service().account(), facts.membership(), settings)
        .flatMap(this::refuse);
  }
}
