/** What the dashboard shows, worked out of what AWS and the last run of {@code reconcile} say. */
@NullMarked
package io.peerway.plan.seen;

import org.jspecify.annotations.NullMarked;
