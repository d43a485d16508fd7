/** Freezes: times in which nothing is changed that people have not started. */
@NullMarked
package io.peerway.model.freeze;

import org.jspecify.annotations.NullMarked;
