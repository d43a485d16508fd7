/**
 * The steps of {@code connect}, in their order: Admit, Accept or Reject, HubRoutes and JoinService,
 * Verify.
 */
@NullMarked
package io.peerway.functions.connect;

import org.jspecify.annotations.NullMarked;
