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
 * @param onlyLacks whether to send the set would take nothing away that is in force
 */
public record VpnAnswers(
    State state,
    List<Finding> findings,
    @Nullable String commandId,
    @Nullable NatSet wanted,
    @Nullable List<InstanceId> instances,
    @Nullable Boolean isClear,
    @Nullable List<VpnCount> counts,
    @Nullable Boolean onlyLacks) {

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
        null,
        null);
  }

  public static VpnAnswers done(List<Finding> findings) {
    return done(findings, false, List.of(), false);
  }

  /** What of it a second round still needs: what was found is handed on by itself. */
  public VpnAnswers forSecondRound() {
    return done(List.of(), false, Objects.requireNonNullElse(counts, List.of()), false);
  }

  static VpnAnswers done(
      List<Finding> findings, boolean isClear, List<VpnCount> counts, boolean onlyLacks) {
    return new VpnAnswers(
        State.DONE,
        findings,
        null,
        null,
        null,
        isClear ? true : null,
        counts.isEmpty() ? null : counts,
        onlyLacks ? true : null);
  }
}
