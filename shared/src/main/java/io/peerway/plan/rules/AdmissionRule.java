package io.peerway.plan.rules;

import io.peerway.plan.Settings;
import java.util.Optional;

/** One reason to refuse a request. A new rule is a class of its own, listed in {@link Rules}. */
interface AdmissionRule {

  /** The refusal, or empty where this rule has nothing against the request. */
  Optional<Refusal> refusal(AdmissionFacts facts, Settings settings);

  /** The rule's name as people see it. */
  default String ruleName() {
    return getClass().getSimpleName();
  }

  /** A refusal by this rule. */
  default Optional<Refusal> refuse(String reason) {
    return Optional.of(new Refusal(ruleName(), reason));
  }
}
