/**
 * The Lambda functions: one small handler a step. Each names the ports that it needs, reads its
 * input, and lets a step of {@code io.peerway.plan} do the rest.
 */
@NullMarked
package io.peerway.functions;

import org.jspecify.annotations.NullMarked;
