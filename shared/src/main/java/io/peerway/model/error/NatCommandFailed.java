package io.peerway.model.error;

/** A VPN instance did not apply the NAT set. */
public final class NatCommandFailed extends PeerwayException {
  public NatCommandFailed(String message) {
    super(message);
  }
}
