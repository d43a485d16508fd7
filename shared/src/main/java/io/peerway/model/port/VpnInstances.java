package io.peerway.model.port;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.value.Subject;

/** The VPN instances, reached through Systems Manager Run Command. */
public interface VpnInstances {
  /** Sends the whole NAT set to every VPN instance. An instance that has a newer set keeps it. */
  String send(NatSet set, Subject onBehalfOf);

  /**
   * Asks every VPN instance what it has in force. It changes nothing there.
   *
   * @param set what they should have; it goes along because the document wants a whole set
   */
  String ask(NatSet set, Subject onBehalfOf);

  /** What the VPN instances have answered by now. No answers right after sending is normal. */
  SentCommand answers(String commandId, Subject onBehalfOf);
}
