/** What connections that are over have left in service VPCs, and its removal. */
@NullMarked
package io.peerway.plan.leftovers;

import org.jspecify.annotations.NullMarked;
