package io.peerway.model;

/** The workflows that an event may start. */
public interface Workflows {
  /**
   * Starts {@code connect} for a peering connection. The same name again starts nothing: a
   * duplicate delivery is harmless.
   *
   * @return whether an execution was started now
   */
  boolean startConnect(PeeringId peering, String executionName);
}
