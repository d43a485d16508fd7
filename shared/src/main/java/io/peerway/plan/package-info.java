/**
 * Decisions: pure functions from what was observed to what shall change. Pure Java: no SDK, no
 * Lambda.
 */
@NullMarked
package io.peerway.plan;

import org.jspecify.annotations.NullMarked;
