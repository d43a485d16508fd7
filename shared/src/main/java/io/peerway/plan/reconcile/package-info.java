/** What the hourly run reads, and how it differs from what should be. */
@NullMarked
package io.peerway.plan.reconcile;

import org.jspecify.annotations.NullMarked;
