package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;

/** One opening of a security group: {@code source} is let in through {@code port}. */
public record Ingress(Port port, Cidr source) {
  @Override
  public String toString() {
    return port + " from " + source;
  }
}
