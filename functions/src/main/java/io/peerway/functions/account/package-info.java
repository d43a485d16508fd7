/** The steps of {@code look-at-account}. */
@NullMarked
package io.peerway.functions.account;

import org.jspecify.annotations.NullMarked;
