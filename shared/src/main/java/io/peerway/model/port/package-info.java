/** What is asked of AWS, implemented in {@code aws}. */
@NullMarked
package io.peerway.model.port;

import org.jspecify.annotations.NullMarked;
