package io.peerway.plan.network;

import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Network ACLs that stop what the VPN instances ask of a service VPC, or the answers. Nobody but
 * their owner changes them.
 */
final class AclObstacles {
  // An ACL may have all subnets of a VPC.
  private static final int NAMED = 3;

  private AclObstacles() {}

  /**
   * At the service: in every subnet of its VPC something may be asked for.
   *
   * @param vpnAddresses where questions come from, and answers go to
   */
  static List<Obstacle> ofService(
      Complete<NetworkAcl> acls, List<Cidr> vpnAddresses, Collection<Port> ports) {
    List<Obstacle> found = new ArrayList<>();
    for (NetworkAcl acl : acls.items()) {
      if (!acl.subnets().isEmpty()) {
        found.addAll(
            both(acl, acl.subnets(), Direction.INBOUND, Direction.OUTBOUND, vpnAddresses, ports));
      }
    }
    return List.copyOf(found);
  }

  /**
   * At the hub: only the VPN instances ask.
   *
   * @param subnets those of the VPN instances
   */
  static List<Obstacle> ofHub(
      Complete<NetworkAcl> acls,
      Collection<String> subnets,
      List<Cidr> services,
      Collection<Port> ports) {
    List<Obstacle> found = new ArrayList<>();
    for (NetworkAcl acl : acls.items()) {
      List<String> concerned = acl.subnets().stream().filter(subnets::contains).toList();
      if (!concerned.isEmpty()) {
        found.addAll(both(acl, concerned, Direction.OUTBOUND, Direction.INBOUND, services, ports));
      }
    }
    return List.copyOf(found);
  }

  private static List<Obstacle> both(
      NetworkAcl acl,
      List<String> subnets,
      Direction questions,
      Direction answers,
      List<Cidr> peers,
      Collection<Port> ports) {
    // Several ports may be answered alike: each line is there once.
    Set<String> lines = new LinkedHashSet<>();
    for (Port port : ports) {
      Exchange exchange = Exchange.of(port);
      lines.addAll(lines(acl, subnets, questions, peers, exchange.question(), ""));
      lines.addAll(lines(acl, subnets, answers, peers, exchange.answer(), " (answers)"));
    }
    return lines.stream().map(Obstacle::seen).toList();
  }

  static List<String> lines(
      NetworkAcl acl,
      List<String> subnets,
      Direction direction,
      List<Cidr> peers,
      AclCheck.Packets packets,
      String what) {
    return AclCheck.denials(acl, direction, peers, packets).stream()
        .map(
            denial ->
                acl.id()
                    + " of "
                    + named(subnets)
                    + ": rule "
                    + (denial.rule() == NetworkAcl.LAST ? "*" : denial.rule())
                    + " denies "
                    + denied(packets.protocol(), denial)
                    + what
                    + (direction == Direction.INBOUND ? " inbound from " : " outbound to ")
                    + named(denial.cidrs().stream().map(Cidr::value).toList()))
        .toList();
  }

  private static String denied(int protocol, AclCheck.Denial denial) {
    if (protocol == Exchange.ICMP) {
      return denial.from() == 0 ? "icmp echo replies" : "icmp echo requests";
    }
    return (protocol == Exchange.TCP ? "tcp/" : "udp/")
        + denial.from()
        + (denial.from() == denial.to() ? "" : "-" + denial.to());
  }

  private static String named(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(all.size(), NAMED)))
        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
  }

  /** What the use of a port takes: packets to it, and packets back. */
  record Exchange(AclCheck.Packets question, AclCheck.Packets answer) {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;

    // Where answers go: to the port that a client has taken, of whatever system (VPC user guide,
    // "Ephemeral ports").
    private static final int FIRST_EPHEMERAL = 1024;
    private static final int LAST_PORT = 65_535;

    static Exchange of(Port port) {
      return switch (port) {
        // A ping stands for it.
        case Port.Icmp() ->
            new Exchange(
                new AclCheck.Packets(ICMP, ECHO_REQUEST, ECHO_REQUEST),
                new AclCheck.Packets(ICMP, ECHO_REPLY, ECHO_REPLY));
        case Port.Range(Port.Protocol protocol, int first, int last) -> {
          int number =
              switch (protocol) {
                case TCP -> TCP;
                case UDP -> UDP;
              };
          yield new Exchange(
              new AclCheck.Packets(number, first, last),
              new AclCheck.Packets(number, FIRST_EPHEMERAL, LAST_PORT));
        }
      };
    }
  }
}
