/** The steps of {@code onboard-account}. */
@NullMarked
package io.peerway.functions.account;

import org.jspecify.annotations.NullMarked;
