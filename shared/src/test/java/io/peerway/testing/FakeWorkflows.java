package io.peerway.testing;

import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.Mending;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.PeeringId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workflows that know a name again. */
public final class FakeWorkflows implements Workflows {

  private final Map<String, Begun> started = new LinkedHashMap<>();
  private final List<AccountLook> looks = new ArrayList<>();
  private final List<Mending> mended = new ArrayList<>();
  private final InstantSource clock;

  public FakeWorkflows() {
    this(InstantSource.fixed(Instant.EPOCH));
  }

  /** With executions that begin at the time of this clock. */
  public FakeWorkflows(InstantSource clock) {
    this.clock = clock;
  }

  /** The names of the executions, in the order of their start. */
  public List<String> started() {
    return List.copyOf(started.keySet());
  }

  /** The looks at accounts that were asked for, with what drew the attention there. */
  public List<AccountLook> looks() {
    return List.copyOf(looks);
  }

  /** When each execution began, in the order of their start. */
  public List<Instant> beginnings() {
    return started.values().stream().map(Begun::at).toList();
  }

  @Override
  public boolean startConnect(PeeringId peering, String executionName) {
    return starts(executionName, "{\"peeringId\":\"" + peering + "\"}");
  }

  @Override
  public boolean startMending(PeeringId peering, Mending mends, String executionName) {
    boolean now = starts(executionName, "{\"peeringId\":\"" + peering + "\"}");
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
    return starts("disconnect " + executionName, "{\"peeringId\":\"" + peering + "\"}");
  }

  @Override
  public boolean startLookAtAccount(AccountLook look, String executionName) {
    boolean now = starts("look-at-account " + executionName, look.json());
    if (now) {
      looks.add(look);
    }
    return now;
  }

  @Override
  public boolean startReconcile(String executionName, Duration after) {
    return starts(
        "reconcile " + executionName + (after.isZero() ? "" : " after " + after.toSeconds()), "{}");
  }

  @Override
  public boolean startReconcile(String executionName, PeeringId only, boolean repair) {
    return starts(
        "reconcile " + executionName + (repair ? " repairs " : " plans ") + only,
        "{\"only\":\"" + only + "\"}");
  }

  @Override
  public Optional<Begun> begun(Errand errand, String executionName) {
    String name =
        switch (errand) {
          case Errand.Connect connect -> executionName;
          case Errand.Disconnect disconnect -> "disconnect " + executionName;
          case Errand.Look look -> "look-at-account " + executionName;
          case Errand.Reconcile(var after) ->
              "reconcile " + executionName + (after.isZero() ? "" : " after " + after.toSeconds());
        };
    return Optional.ofNullable(started.get(name));
  }

  private boolean starts(String execution, String input) {
    return started.putIfAbsent(execution, new Begun(clock.instant(), input)) == null;
  }
}
