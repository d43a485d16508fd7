package io.peerway.model.port;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.Subject;
import java.time.Instant;

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

  /**
   * Lets every VPN instance try once to reach an address. It changes nothing there.
   *
   * @param address as a prefix of length 32
   * @param port of TCP, or ICMP; of UDP nothing is tried, as it need not answer
   */
  String probe(Cidr address, Port port, Subject onBehalfOf);

  /**
   * How many such tries were sent before this one and have not ended.
   *
   * @param probe what {@link #probe} answered
   * @param since when it was sent, or before
   */
  int probesBefore(String probe, Instant since, Subject onBehalfOf);

  /** What the VPN instances have answered by now. No answers right after sending is normal. */
  SentCommand answers(String commandId, Subject onBehalfOf);
}
