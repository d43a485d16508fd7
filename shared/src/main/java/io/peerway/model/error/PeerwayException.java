package io.peerway.model.error;

import io.peerway.model.value.PeeringId;
import org.jspecify.annotations.Nullable;

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

  // A connection that the message begins with; null where it begins with none.
  private final @Nullable PeeringId about;
  private final String what;

  PeerwayException(String message) {
    super(message);
    this.about = null;
    this.what = message;
  }

  /** A failure whose message begins with the connection that it is about. */
  PeerwayException(PeeringId about, String what) {
    super(about + ": " + what);
    this.about = about;
    this.what = what;
  }

  PeerwayException(String message, Throwable cause) {
    super(message, cause);
    this.about = null;
    this.what = message;
  }

  /** The message as it is read beside the id of this connection, which it then leaves out. */
  public String beside(PeeringId peering) {
    return peering.equals(about) ? what : String.valueOf(getMessage());
  }
}
