package io.peerway.model.network;

/**
 * What could be seen of a service VPC. Not seen is not the same as gone: only the latter may end a
 * connection.
 */
public sealed interface VpcSight {
  /** It is there. */
  record Seen(Vpc vpc) implements VpcSight {}

  /** Its account was read and does not have it. */
  record Gone() implements VpcSight {}

  /** Its account could not be entered. */
  record Unknown(String why) implements VpcSight {}
}
