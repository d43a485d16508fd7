/** What a run may do while the freeze calendar is closed, and what it notes of what waits. */
@NullMarked
package io.peerway.plan.freeze;

import org.jspecify.annotations.NullMarked;
