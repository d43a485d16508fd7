package io.peerway.scenarios;

import java.util.Map;

/** What people do to their networks, where one AWS call would not say it. */
final class RigNetwork {
  private final Rig rig;

  RigNetwork(Rig rig) {
    this.rig = rig;
  }

  /** The owner of a subnet shares it by RAM: the account sees its VPC from now on. */
  void share(String subnet, String account) {
    rig.ask("/subnets/share", Map.of("subnet", subnet, "account", account));
  }

  /** And takes that back. */
  void unshare(String subnet, String account) {
    rig.ask("/subnets/unshare", Map.of("subnet", subnet, "account", account));
  }
}
