package io.peerway.model.error;

/** AWS did not answer, or answered with an error of its own. Ask again. */
public final class Unavailable extends PeerwayException {
  public Unavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
