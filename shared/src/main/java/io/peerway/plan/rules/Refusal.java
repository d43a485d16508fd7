package io.peerway.plan.rules;

/**
 * Why a request is refused.
 *
 * @param rule the admission rule's name
 * @param reason a sentence with both values that do not go together
 */
public record Refusal(String rule, String reason) {}
