package io.peerway.plan.seen;

import io.peerway.model.value.InstanceId;
import io.peerway.plan.nat.VpnCount;
import java.util.Optional;

/**
 * One VPN instance of the picture.
 *
 * @param why in a sentence
 * @param count what it counts, where it has answered
 */
public record Vpn(InstanceId id, State state, String why, Optional<VpnCount> count) {}
