package io.peerway.functions.nat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.peerway.plan.nat.VpnSight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A NAT set on its way to the VPN instances.
 *
 * @param redrive how often the execution had been redriven when the command was sent
 * @param digest of the service CIDRs that were sent
 * @param generation of the set, milliseconds since 1970
 * @param vpn once it is applied: what of others stands in the way there
 */
record NatRun(
    @JsonProperty(required = true) State state,
    @JsonProperty(required = true) String commandId,
    @JsonProperty(required = true) String digest,
    int redrive,
    long generation,
    @Nullable List<String> instances,
    @Nullable VpnSight vpn) {

  /** What the workflow branches on. */
  enum State {
    PENDING,
    APPLIED
  }

  NatRun appliedOn(List<String> those, VpnSight seen) {
    return new NatRun(State.APPLIED, commandId, digest, redrive, generation, those, seen);
  }
}
