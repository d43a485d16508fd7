/**
 * Why a request is refused: one rule a file, listed in {@link io.peerway.plan.rules.Rules}, and the
 * facts that they decide by.
 */
@NullMarked
package io.peerway.plan.rules;

import org.jspecify.annotations.NullMarked;
