/** What {@code reconcile} finds and what mends it, as values that its parts hand on. */
@NullMarked
package io.peerway.plan.findings;

import org.jspecify.annotations.NullMarked;
