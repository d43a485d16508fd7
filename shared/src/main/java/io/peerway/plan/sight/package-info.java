/** What could be read of a service account, and what that it could not be read means. */
@NullMarked
package io.peerway.plan.sight;

import org.jspecify.annotations.NullMarked;
