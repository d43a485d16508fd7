/** What Peerway does, told as scenarios on the local AWS with real packets. */
@NullMarked
package io.peerway.scenarios;

import org.jspecify.annotations.NullMarked;
