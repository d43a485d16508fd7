package io.peerway.model.value;

/** The subject of calls that serve every connection at once, such as those of {@code reconcile}. */
public record AllConnections() implements Subject {
  static final String NAME = "all-connections";

  @Override
  public String value() {
    return NAME;
  }

  @Override
  public String toString() {
    return NAME;
  }
}
