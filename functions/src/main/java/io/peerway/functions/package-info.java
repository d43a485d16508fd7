/**
 * The Lambda functions: one small handler a step. Each observes through the ports, lets {@code
 * io.peerway.plan} decide, and applies.
 */
@NullMarked
package io.peerway.functions;

import org.jspecify.annotations.NullMarked;
