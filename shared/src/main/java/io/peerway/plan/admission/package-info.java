/**
 * Whether a peering request becomes a connection, goes on being one, or has to end; and how two
 * that are decided at once do not both get the same addresses or the last room.
 */
@NullMarked
package io.peerway.plan.admission;

import org.jspecify.annotations.NullMarked;
