package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.VpcId;
import java.util.List;

/**
 * A network ACL of a VPC with its IPv4 rules. The first rule that matches a packet decides; none
 * does: it is denied. It knows no connections: replies need a rule of their own (VPC user guide,
 * "Control subnet traffic with network access control lists").
 *
 * @param id such as {@code acl-…}
 * @param subnets those whose packets it filters
 * @param rules of both directions, in no order
 */
public record NetworkAcl(String id, VpcId vpc, List<String> subnets, List<Rule> rules) {

  /** The number that EC2 shows for the rule {@code *}, which comes last and denies. */
  public static final int LAST = 32_767;

  /** Seen from the subnet. */
  public enum Direction {
    INBOUND,
    OUTBOUND
  }

  /**
   * One rule.
   *
   * @param protocol by its number: 6 is TCP, 17 UDP, 1 ICMP; -1 is every protocol
   * @param cidr where packets come from or go to
   * @param from and {@code to}: the ports of TCP and UDP; of ICMP the type, -1 for every one
   */
  public record Rule(
      int number, Direction direction, boolean allows, int protocol, Cidr cidr, int from, int to) {}
}
