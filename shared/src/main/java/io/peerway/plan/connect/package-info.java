/**
 * What the steps of {@code connect} read, decide and do, in their order: Admit, Accept or Reject,
 * HubRoutes and Join, Verify.
 */
@NullMarked
package io.peerway.plan.connect;

import org.jspecify.annotations.NullMarked;
