package io.peerway.plan.doctor;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.InboundRule;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.plan.doctor.Hop.Trail;
import io.peerway.plan.network.AclPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the service VPC does with packets of a VPN instance. */
final class ServiceHops {
  private static final int ANY = -1;
  private static final int ECHO_REQUEST = 8;

  // As many as are asked of one event history in a step.
  private static final int LOOKED_UP = 5;
  private static final List<Station> ALL =
      List.of(
          Station.SERVICE_ACL,
          Station.INTERFACE,
          Station.SECURITY_GROUPS,
          Station.SERVICE_ROUTE,
          Station.SERVICE_ACL_BACK);

  private final Sight sight;
  private final Mends mends;

  ServiceHops(Sight sight, Mends mends) {
    this.sight = sight;
    this.mends = mends;
  }

  List<Hop> of(VpnInstance instance) {
    VpcSide service = sight.connection().service();
    return switch (sight.service().face()) {
      case Attempt.Unread<Optional<NetworkInterface>>(String why) -> unknown(why).toList();
      case Attempt.Seen<Optional<NetworkInterface>>(Optional<NetworkInterface> face) ->
          face.map(found -> behind(found, instance))
              .orElseGet(
                  () ->
                      nothing(
                          "nothing in %s has the address %s"
                              .formatted(service.vpc(), Question.plain(sight.address()))));
    };
  }

  private static Stream<Hop> unknown(String why) {
    return ALL.stream().map(at -> Hop.unknown(at, why));
  }

  private static List<Hop> nothing(String why) {
    return Stream.concat(unknown(why), Stream.of(Hop.wrong(Station.INTERFACE, why, null, null)))
        .toList();
  }

  private List<Hop> behind(NetworkInterface face, VpnInstance instance) {
    List<Hop> hops = new ArrayList<>();
    hops.add(
        Hop.right(
            Station.INTERFACE,
            "%s%s in %s"
                .formatted(
                    face.id(),
                    face.instance() == null ? "" : " of " + face.instance(),
                    face.subnet())));
    for (Cidr from : instance.addresses()) {
      hops.add(acl(face, Station.SERVICE_ACL, Direction.INBOUND, AclPassage.Part.QUESTIONS, from));
      hops.add(groups(face, from));
      hops.add(route(from));
      hops.add(
          acl(face, Station.SERVICE_ACL_BACK, Direction.OUTBOUND, AclPassage.Part.ANSWERS, from));
    }
    return hops;
  }

  private Hop acl(
      NetworkInterface face, Station at, Direction direction, AclPassage.Part part, Cidr from) {
    return AclHop.of(
        at,
        sight.service().acls(),
        sight.connection().service(),
        face.subnet(),
        direction,
        part,
        from,
        sight.port());
  }

  private Hop route(Cidr from) {
    VpcSide hub = sight.connection().hub();
    Cidr wanted = hub.cidrs().stream().filter(cidr -> cidr.contains(from)).findFirst().orElse(from);
    return switch (sight.service().table()) {
      case Attempt.Unread<Optional<RouteTable>>(String why) ->
          Hop.unknown(Station.SERVICE_ROUTE, why);
      case Attempt.Seen<Optional<RouteTable>>(Optional<RouteTable> seen) ->
          seen.map(
                  table ->
                      RouteHop.of(
                          Station.SERVICE_ROUTE,
                          table,
                          sight.service().lists(),
                          sight.connection().service(),
                          from,
                          wanted,
                          sight.connection().peeringId(),
                          mends))
              .orElseGet(
                  () ->
                      Hop.unknown(
                          Station.SERVICE_ROUTE, "the route table of its subnet was not found"));
    };
  }

  private Hop groups(NetworkInterface face, Cidr from) {
    return switch (sight.service().rules()) {
      case Attempt.Unread<List<InboundRule>>(String why) ->
          Hop.unknown(Station.SECURITY_GROUPS, why);
      case Attempt.Seen<List<InboundRule>>(List<InboundRule> rules) -> groups(rules, face, from);
    };
  }

  private Hop groups(List<InboundRule> rules, NetworkInterface face, Cidr from) {
    List<String> unread = new ArrayList<>();
    for (InboundRule rule : rules) {
      if (isFor(rule, sight.port())) {
        if (rule.sources().stream().anyMatch(source -> source.contains(from))) {
          return Hop.right(
              Station.SECURITY_GROUPS, rule.group() + " lets " + from + " in to " + sight.port());
        }
        for (PrefixListId list : rule.lists()) {
          switch (sight
              .service()
              .lists()
              .getOrDefault(list, new PrefixListSight.Unknown("it was not read"))) {
            case PrefixListSight.Seen(List<Cidr> cidrs) -> {
              if (cidrs.stream().anyMatch(source -> source.contains(from))) {
                return Hop.right(
                    Station.SECURITY_GROUPS, rule.group() + " lets " + from + " in by " + list);
              }
            }
            case PrefixListSight.Unknown(String why) -> unread.add(list + ": " + why);
          }
        }
      }
    }
    if (!unread.isEmpty()) {
      return Hop.unknown(Station.SECURITY_GROUPS, unread.getFirst());
    }
    String groups =
        face.groups().stream()
            .map(SecurityGroupId::value)
            .sorted()
            .collect(Collectors.joining(", "));
    VpcSide service = sight.connection().service();
    return Hop.wrong(
        Station.SECURITY_GROUPS,
        "no rule of %s lets %s in to %s"
            .formatted(groups.isEmpty() ? "no group" : groups, from, sight.port()),
        face.groups().isEmpty()
            ? null
            : Mends.allow(
                service.region(), face.groups().getFirst().value(), sight.port().toString()),
        new Trail(
            List.of(service),
            Stream.concat(Stream.of(face.id()), face.groups().stream().map(SecurityGroupId::value))
                .limit(LOOKED_UP)
                .toList(),
            null));
  }

  // EC2 API reference, "IpPermission": -1 is every protocol, and every type of ICMP.
  private static boolean isFor(InboundRule rule, Port port) {
    if (rule.protocol() == ANY) {
      return true;
    }
    return switch (port) {
      case Port.Icmp() ->
          rule.protocol() == 1 && (rule.from() == ANY || rule.from() == ECHO_REQUEST);
      case Port.Range(Port.Protocol protocol, int first, int last) ->
          rule.protocol() == (protocol == Port.Protocol.TCP ? 6 : 17)
              && (rule.from() == ANY || (rule.from() <= first && last <= rule.to()));
    };
  }
}
