/**
 * What {@code reconcile} says of what it found: since when it is so, who did it, which repairs are
 * tried and which held back.
 */
@NullMarked
package io.peerway.plan.report;

import org.jspecify.annotations.NullMarked;
