package io.peerway.model.error;

/** An event that does not have the fields its kind has. It ends in the dead-letter queue. */
public final class MalformedEvent extends PeerwayException {
  public MalformedEvent(String message) {
    super(message);
  }
}
