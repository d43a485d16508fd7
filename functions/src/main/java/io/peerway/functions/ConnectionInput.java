package io.peerway.functions;

import io.peerway.model.Connection;
import io.peerway.model.value.PeeringId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The input of every step after admission: the connection as it was admitted. */
public record ConnectionInput(Connection connection, @Nullable String execution)
    implements PeeringInput {
  public ConnectionInput {
    Objects.requireNonNull(connection, "connection");
  }

  @Override
  public PeeringId peeringId() {
    return connection.peeringId();
  }
}
