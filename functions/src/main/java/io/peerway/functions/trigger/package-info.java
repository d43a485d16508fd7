/** Functions that an event starts, and that start workflows. */
@NullMarked
package io.peerway.functions.trigger;

import org.jspecify.annotations.NullMarked;
