package io.peerway.testing;

import io.peerway.model.AccountLook;
import io.peerway.model.Mending;
import io.peerway.model.PeeringId;
import io.peerway.model.Workflows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Workflows that know a name again. */
public final class FakeWorkflows implements Workflows {

  private final Set<String> started = new LinkedHashSet<>();
  private final List<AccountLook> looks = new ArrayList<>();
  private final List<Mending> mended = new ArrayList<>();

  /** The names of the executions, in the order of their start. */
  public List<String> started() {
    return List.copyOf(started);
  }

  /** The looks at accounts that were asked for, with what drew the attention there. */
  public List<AccountLook> looks() {
    return List.copyOf(looks);
  }

  @Override
  public boolean startConnect(PeeringId peering, String executionName) {
    return started.add(executionName);
  }

  @Override
  public boolean startMending(PeeringId peering, Mending mends, String executionName) {
    boolean now = started.add(executionName);
    if (now) {
      mended.add(mends);
    }
    return now;
  }

  /** What was taken away, in the order of the executions that mend it. */
  public List<Mending> mended() {
    return List.copyOf(mended);
  }

  @Override
  public boolean startDisconnect(PeeringId peering, String executionName) {
    return started.add("disconnect " + executionName);
  }

  @Override
  public boolean startOnboardAccount(AccountLook look, String executionName) {
    looks.add(look);
    return started.add("onboard-account " + executionName);
  }

  @Override
  public boolean startReconcile(String executionName, java.time.Duration after) {
    return started.add(
        "reconcile " + executionName + (after.isZero() ? "" : " after " + after.toSeconds()));
  }
}
