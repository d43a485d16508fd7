package io.peerway.model.error;

/**
 * AWS does not serve the account there yet: it verifies a new account, or makes a Region ready for
 * it. That takes minutes, sometimes hours, and needs nobody; where it lasts, a person has to look.
 */
public final class NotYetOpen extends PeerwayException {
  public NotYetOpen(String message, Throwable cause) {
    super(message, cause);
  }
}
