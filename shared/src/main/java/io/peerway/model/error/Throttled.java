package io.peerway.model.error;

/** AWS asked to slow down. Ask again. */
public final class Throttled extends PeerwayException {
  public Throttled(String message, Throwable cause) {
    super(message, cause);
  }
}
