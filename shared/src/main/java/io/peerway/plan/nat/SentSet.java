package io.peerway.plan.nat;

import io.peerway.model.NatSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A NAT set on its way to the VPN instances.
 *
 * @param redrive how often the execution had been redriven when the command was sent
 * @param digest of the service CIDRs that were sent
 * @param generation of the set, milliseconds since 1970
 * @param instances once it is applied: on which
 * @param vpn once it is applied: what of others stands in the way there
 */
public record SentSet(
    State state,
    String commandId,
    String digest,
    int redrive,
    long generation,
    @Nullable List<String> instances,
    @Nullable VpnSight vpn) {
  public SentSet {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(commandId, "commandId");
    Objects.requireNonNull(digest, "digest");
  }

  /** What the workflow branches on. */
  public enum State {
    PENDING,
    APPLIED
  }

  static SentSet pending(String commandId, NatSet sent, int redrive) {
    return new SentSet(
        State.PENDING, commandId, sent.servicesDigest(), redrive, sent.generation(), null, null);
  }

  SentSet appliedOn(List<String> those, VpnSight seen) {
    return new SentSet(State.APPLIED, commandId, digest, redrive, generation, those, seen);
  }
}
