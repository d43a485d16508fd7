package io.peerway.functions;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A NAT set on its way to the VPN instances.
 *
 * @param state {@code PENDING} or {@code APPLIED}
 * @param redrive how often the execution had been redriven when the command was sent
 * @param digest of the service CIDRs that were sent
 * @param generation of the set, milliseconds since 1970
 */
record NatRun(
    @JsonProperty(required = true) String state,
    @JsonProperty(required = true) String commandId,
    @JsonProperty(required = true) String digest,
    int redrive,
    long generation,
    @Nullable List<String> instances) {

  NatRun appliedOn(List<String> those) {
    return new NatRun("APPLIED", commandId, digest, redrive, generation, those);
  }
}
