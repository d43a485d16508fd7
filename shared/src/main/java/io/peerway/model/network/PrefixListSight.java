package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import java.util.List;

/** What could be read of a prefix list. */
public sealed interface PrefixListSight {

  /** Its IPv4 CIDRs. */
  record Seen(List<Cidr> cidrs) implements PrefixListSight {}

  /** It could not be read, for this reason. */
  record Unknown(String why) implements PrefixListSight {}
}
