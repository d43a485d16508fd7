package io.peerway.model.network;

import io.peerway.model.value.Complete;

/** What could be read of a VPC's network ACLs. */
public sealed interface AclSight {

  /** All of them. */
  record Seen(Complete<NetworkAcl> acls) implements AclSight {}

  /** They could not be read, for this reason. */
  record Unknown(String why) implements AclSight {}
}
