package io.peerway.plan.network;

import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import java.util.List;

/** Whether the network ACL of a subnet lets pass what goes to a port of one peer, or comes back. */
public final class AclPassage {
  private AclPassage() {}

  /** Packets to the port, or the answers. */
  public enum Part {
    QUESTIONS,
    ANSWERS
  }

  /**
   * What it denies, a line for each rule; empty where all passes.
   *
   * @param peer the address at the other end, as a prefix of length 32
   */
  public static List<String> denied(
      NetworkAcl acl, String subnet, Direction direction, Cidr peer, Port port, Part part) {
    AclObstacles.Exchange exchange = AclObstacles.Exchange.of(port);
    return switch (part) {
      case QUESTIONS ->
          AclObstacles.lines(
              acl, List.of(subnet), direction, List.of(peer), exchange.question(), "");
      case ANSWERS ->
          AclObstacles.lines(
              acl, List.of(subnet), direction, List.of(peer), exchange.answer(), " (answers)");
    };
  }
}
