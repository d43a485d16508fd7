/** What people are told of a connection. */
@NullMarked
package io.peerway.plan.notices;

import org.jspecify.annotations.NullMarked;
