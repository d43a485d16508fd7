/** What {@code look-at-account} reads of an account, and what it does for it. */
@NullMarked
package io.peerway.plan.look;

import org.jspecify.annotations.NullMarked;
