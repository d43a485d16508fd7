package io.peerway.model.error;

/** AWS refused a request for a reason outside this vocabulary; the message has its code. */
public final class RefusedByAws extends PeerwayException {
  public RefusedByAws(String message, Throwable cause) {
    super(message, cause);
  }
}
