package io.peerway.model.port;

import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.Mending;
import io.peerway.model.value.PeeringId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The workflows that an event may start. The same name again starts nothing, so a duplicate
 * delivery is harmless; each answers whether an execution was started now.
 */
public interface Workflows {
  /** Makes a connection of a peering connection, or goes through it again. */
  boolean startConnect(PeeringId peering, String executionName);

  /** Goes through a connection again of which somebody has taken something away. */
  boolean startMending(PeeringId peering, Mending mends, String executionName);

  /** Ends a connection that is over. */
  boolean startDisconnect(PeeringId peering, String executionName);

  /** Looks at an account and does what it needs. */
  boolean startLookAtAccount(AccountLook look, String executionName);

  /**
   * Goes through every connection; repairs what has drifted, or only says so, as the settings have
   * it.
   *
   * @param after how long it waits first, in whole seconds
   */
  boolean startReconcile(String executionName, Duration after);

  /**
   * Goes through one connection, whatever the settings have: repairs what has drifted, or only says
   * so.
   */
  boolean startReconcile(String executionName, PeeringId only, boolean repair);

  /** Starts what an errand asks for. */
  default boolean start(Errand errand, String executionName) {
    return switch (errand) {
      case Errand.Connect(var peering, var doubtful) -> startConnect(peering, executionName);
      case Errand.Disconnect(var peering) -> startDisconnect(peering, executionName);
      case Errand.Look(var look) -> startLookAtAccount(look, executionName);
      case Errand.Reconcile(var after) -> startReconcile(executionName, after);
    };
  }

  /**
   * An execution that has begun.
   *
   * @param input as JSON
   */
  record Begun(Instant at, String input) {}

  /** The execution of this name, running or over; empty where there is none, or not yet. */
  Optional<Begun> begun(Errand errand, String executionName);
}
