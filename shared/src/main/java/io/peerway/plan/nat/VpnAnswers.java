package io.peerway.plan.nat;

import io.peerway.model.NatSet;
import io.peerway.model.VpnInstance;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.findings.Finding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the VPN instances were asked, and what they said.
 *
 * @param wanted what they should have in force
 * @param isClear whether all have answered, and nothing of others lets no client through
 * @param counts what those that have answered count
 * @param instances those that run, and so have to answer; none where only stopped ones were asked
 */
public record VpnAnswers(
    State state,
    List<Finding> findings,
    @Nullable String commandId,
    @Nullable NatSet wanted,
    @Nullable List<InstanceId> instances,
    @Nullable Boolean isClear,
    @Nullable List<VpnCount> counts) {

  public VpnAnswers {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(findings, "findings");
  }

  /** What the workflow branches on. */
  public enum State {
    ASKED,
    DONE
  }

  public static VpnAnswers asked(String commandId, NatSet wanted, List<VpnInstance> instances) {
    return new VpnAnswers(
        State.ASKED,
        List.of(),
        commandId,
        wanted,
        List.copyOf(VpnInstance.running(instances)),
        null,
        null);
  }

  public static VpnAnswers done(List<Finding> findings) {
    return done(findings, false, List.of());
  }

  static VpnAnswers done(List<Finding> findings, boolean isClear, List<VpnCount> counts) {
    return new VpnAnswers(
        State.DONE,
        findings,
        null,
        null,
        null,
        isClear ? true : null,
        counts.isEmpty() ? null : counts);
  }
}
