/**
 * What the steps of {@code disconnect} read, decide and do, in their order: Withdraw,
 * DeletePeering, LeaveService.
 */
@NullMarked
package io.peerway.plan.disconnect;

import org.jspecify.annotations.NullMarked;
