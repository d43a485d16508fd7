package io.peerway.plan.doctor;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.plan.doctor.Hop.Trail;
import io.peerway.plan.network.AclPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the service VPC does with packets of a VPN instance. */
final class ServiceHops {
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
    VpcSide service = sight.connection().service();
    return new GroupHop(
            Station.SECURITY_GROUPS,
            Direction.INBOUND,
            face.groups(),
            sight.service().lists(),
            from,
            sight.port(),
            face.groups().isEmpty()
                ? null
                : Mends.allow(
                    service.region(), face.groups().getFirst().value(), sight.port().toString()),
            Trail.ofGroups(service, face.id(), face.groups()))
        .by(sight.service().rules());
  }
}
