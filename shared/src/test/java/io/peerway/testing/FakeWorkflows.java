package io.peerway.testing;

import io.peerway.model.AccountId;
import io.peerway.model.PeeringId;
import io.peerway.model.VpcId;
import io.peerway.model.Workflows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Workflows that know a name again. */
public final class FakeWorkflows implements Workflows {

  private final Set<String> started = new LinkedHashSet<>();

  /** The names of the executions, in the order of their start. */
  public List<String> started() {
    return List.copyOf(started);
  }

  @Override
  public boolean startConnect(PeeringId peering, String executionName) {
    return started.add(executionName);
  }

  @Override
  public boolean startDisconnect(PeeringId peering, String executionName) {
    return started.add("disconnect " + executionName);
  }

  @Override
  public boolean startOnboardAccount(
      AccountId account, @Nullable VpcId changed, String executionName) {
    return started.add("onboard-account " + executionName);
  }

  @Override
  public boolean startReconcile(String executionName, java.time.Duration after) {
    return started.add(
        "reconcile " + executionName + (after.isZero() ? "" : " after " + after.toSeconds()));
  }
}
