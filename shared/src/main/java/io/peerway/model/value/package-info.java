/** Ids and other values that check themselves. */
@NullMarked
package io.peerway.model.value;

import org.jspecify.annotations.NullMarked;
