package io.peerway.model;

/** The VPN instances, reached through Systems Manager Run Command. */
public interface VpnInstances {
  /** Sends the whole NAT set to every VPN instance. An instance that has a newer set keeps it. */
  String send(NatSet set, PeeringId onBehalfOf);

  /** What the VPN instances have answered by now. No answers right after sending is normal. */
  NatCommand answers(String commandId, PeeringId onBehalfOf);
}
