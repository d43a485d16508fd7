/**
 * Which routes and openings a connection needs on either side, whether they are there, and what
 * others have in their way.
 */
@NullMarked
package io.peerway.plan.network;

import org.jspecify.annotations.NullMarked;
