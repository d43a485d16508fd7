/** The steps of {@code disconnect}, in their order: Withdraw, DeletePeering, LeaveService. */
@NullMarked
package io.peerway.functions.disconnect;

import org.jspecify.annotations.NullMarked;
