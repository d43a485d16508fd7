package io.peerway.functions;

import io.peerway.model.Mending;
import io.peerway.model.value.PeeringId;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code connect}.
 *
 * @param mends what somebody has taken away of the connection
 */
record ConnectInput(PeeringId peeringId, @Nullable Mending mends) {}
