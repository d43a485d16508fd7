package io.peerway.model.error;

/**
 * AWS said no: a role that is missing or may not be assumed, or a permission that is not given. A
 * person has to mend it.
 */
public final class Denied extends PeerwayException {
  public Denied(String message, Throwable cause) {
    super(message, cause);
  }
}
