/** What {@code onboard-account} reads of an account, and what it does for it. */
@NullMarked
package io.peerway.plan.onboard;

import org.jspecify.annotations.NullMarked;
