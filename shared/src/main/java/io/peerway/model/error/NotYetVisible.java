package io.peerway.model.error;

/** EC2 does not show (yet) what was announced. Its reads are eventually consistent: ask again. */
public final class NotYetVisible extends PeerwayException {
  public NotYetVisible(String message) {
    super(message);
  }

  public NotYetVisible(String message, Throwable cause) {
    super(message, cause);
  }
}
