package io.peerway.model.error;

/** No managed instance carries the tag of a VPN instance. */
public final class NoVpnInstance extends PeerwayException {
  public NoVpnInstance(String message) {
    super(message);
  }
}
