/**
 * The dashboard: one function that shows, and one that starts what repairs. Whoever may invoke only
 * the first can change nothing.
 */
@NullMarked
package io.peerway.functions.seen;

import org.jspecify.annotations.NullMarked;
