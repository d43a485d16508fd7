package io.peerway.model.error;

/**
 * A setting is missing, is not of its form, or contradicts another. The function does not start.
 */
public final class InvalidSettings extends PeerwayException {
  public InvalidSettings(String message) {
    super(message);
  }
}
