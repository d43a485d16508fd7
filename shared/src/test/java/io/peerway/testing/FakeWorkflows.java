package io.peerway.testing;

import io.peerway.model.PeeringId;
import io.peerway.model.Workflows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
}
