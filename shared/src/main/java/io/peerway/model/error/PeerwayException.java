package io.peerway.model.error;

/**
 * A failure with a name. The message is for the person in the console: what failed, for which
 * connection, what to do.
 */
public abstract sealed class PeerwayException extends RuntimeException
    permits BlackholeRoute,
        Denied,
        Drifted,
        ForeignGroup,
        ForeignRoute,
        InvalidSettings,
        MalformedEvent,
        NatCommandFailed,
        NotYetOpen,
        NotYetVisible,
        NoVpnInstance,
        RefusedByAws,
        RouteTableFull,
        Superseded,
        Throttled,
        Unavailable,
        UnknownPeering {

  PeerwayException(String message) {
    super(message);
  }

  PeerwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
