package io.peerway.plan.doctor;

import io.peerway.model.VpnInstance;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.doctor.Hop.Trail;
import io.peerway.plan.doctor.Hop.Verdict;
import io.peerway.plan.network.AclPassage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a packet, station by station, and what is wrong with it.
 *
 * @param hops in the order of {@link Station}, each once: where VPN instances differ, the worst
 * @param summary one sentence for whoever asked
 */
public record Diagnosis(List<Hop> hops, String summary) {

  /** The first station that is wrong. */
  public Optional<Hop> first() {
    return hops.stream().filter(Hop::isWrong).findFirst();
  }

  /** Walks the whole way; nothing that is wrong stops it. */
  public static Diagnosis of(Sight sight, Mends mends) {
    List<Hop> found =
        new ArrayList<>(List.of(address(sight), clientPool(sight), peering(sight, mends)));
    switch (sight.hub().instances()) {
      case Attempt.Unread<List<VpnInstance>>(String why) ->
          found.add(
              Hop.unknown(Station.VPN_INSTANCE, "the VPN instances could not be read: " + why));
      case Attempt.Seen<List<VpnInstance>>(List<VpnInstance> instances) -> {
        if (instances.isEmpty()) {
          found.add(
              Hop.wrong(
                  Station.VPN_INSTANCE,
                  "no instance of "
                      + sight.connection().hub().vpc()
                      + " has the tag peerway:role=vpn",
                  null,
                  null));
        }
        counted(instances).forEach(instance -> found.addAll(from(instance, sight, mends)));
      }
    }
    List<Hop> hops = believed(worst(found), sight);
    return new Diagnosis(hops, summary(sight, hops));
  }

  private static List<Hop> from(VpnInstance instance, Sight sight, Mends mends) {
    List<Hop> hops = new ArrayList<>(new VpnHops(sight, mends).of(instance));
    hops.addAll(hub(sight, instance, mends));
    hops.addAll(new ServiceHops(sight, mends).of(instance));
    return hops;
  }

  // One that does not run is in nobody's way while another does.
  private static List<VpnInstance> counted(List<VpnInstance> instances) {
    List<VpnInstance> running = instances.stream().filter(VpnInstance::runs).toList();
    return running.isEmpty() ? instances : running;
  }

  private static Hop address(Sight sight) {
    return Hop.right(
        Station.ADDRESS,
        "%s is in %s of %s"
            .formatted(
                sight.to(),
                sight.connection().service().vpc(),
                sight.connection().service().account()));
  }

  private static Hop clientPool(Sight sight) {
    List<Cidr> hub = sight.connection().hub().cidrs();
    if (hub.isEmpty()) {
      return Hop.unknown(Station.CLIENT_POOL, "the hub VPC's CIDRs could not be read");
    }
    return sight.clientPool().stream().noneMatch(pool -> hub.stream().anyMatch(pool::overlaps))
        ? Hop.right(Station.CLIENT_POOL, "clients have addresses of " + sight.clientPool())
        : Hop.wrong(
            Station.CLIENT_POOL,
            "%s overlaps the hub VPC's %s".formatted(sight.clientPool(), hub),
            null,
            null);
  }

  private static Hop peering(Sight sight, Mends mends) {
    PeeringId id = sight.connection().peeringId();
    return switch (sight.peering()) {
      case Attempt.Unread<Optional<Peering>>(String why) -> Hop.unknown(Station.PEERING, why);
      case Attempt.Seen<Optional<Peering>>(Optional<Peering> seen) ->
          seen.filter(peering -> peering.status().isAccepted()).isPresent()
              ? Hop.right(Station.PEERING, id + " is " + seen.get().status().code())
              : Hop.wrong(
                  Station.PEERING,
                  id + " is " + seen.map(peering -> peering.status().code()).orElse("gone"),
                  mends.connection(id),
                  new Trail(
                      List.of(sight.connection().service(), sight.connection().hub()),
                      List.of(id.value()),
                      null));
    };
  }

  private static List<Hop> hub(Sight sight, VpnInstance instance, Mends mends) {
    List<Hop> hops = new ArrayList<>(List.of(groups(sight, instance)));
    for (String subnet : instance.subnets()) {
      hops.add(route(sight, subnet, mends));
      hops.add(acl(sight, subnet, Station.HUB_ACL, Direction.OUTBOUND, AclPassage.Part.QUESTIONS));
      hops.add(
          acl(sight, subnet, Station.HUB_ACL_BACK, Direction.INBOUND, AclPassage.Part.ANSWERS));
    }
    return hops;
  }

  private static Hop groups(Sight sight, VpnInstance instance) {
    VpcSide hub = sight.connection().hub();
    return new GroupHop(
            Station.VPN_GROUPS,
            Direction.OUTBOUND,
            instance.groups(),
            sight.hub().lists(),
            sight.address(),
            sight.port(),
            instance.groups().isEmpty()
                ? null
                : Mends.letOut(
                    hub.region(), instance.groups().getFirst(), sight.port(), wanted(sight)),
            Hop.Trail.ofGroups(hub, instance.id().value(), instance.groups()))
        .by(ofOne(instance, sight.hub().rules()));
  }

  private static Attempt<List<GroupRule>> ofOne(
      VpnInstance instance, Attempt<List<GroupRule>> ofAll) {
    return switch (ofAll) {
      case Attempt.Unread<List<GroupRule>> unread -> unread;
      case Attempt.Seen<List<GroupRule>>(List<GroupRule> rules) ->
          new Attempt.Seen<>(
              rules.stream().filter(rule -> instance.groups().contains(rule.group())).toList());
    };
  }

  // What the hub has a route to.
  private static Cidr wanted(Sight sight) {
    return sight.connection().service().cidrs().stream()
        .filter(cidr -> cidr.contains(sight.address()))
        .findFirst()
        .orElse(sight.address());
  }

  private static Hop route(Sight sight, String subnet, Mends mends) {
    VpcSide hub = sight.connection().hub();
    return switch (sight.hub().tables().get(subnet)) {
      case Attempt.Seen<Optional<RouteTable>>(Optional<RouteTable> table) when table.isPresent() ->
          RouteHop.of(
              Station.HUB_ROUTE,
              table.get(),
              sight.hub().lists(),
              hub,
              sight.address(),
              wanted(sight),
              sight.connection().peeringId(),
              mends);
      case Attempt.Unread<Optional<RouteTable>>(String why) -> Hop.unknown(Station.HUB_ROUTE, why);
      case null, default ->
          Hop.unknown(Station.HUB_ROUTE, "the route table of " + subnet + " was not found");
    };
  }

  private static Hop acl(
      Sight sight, String subnet, Station at, Direction direction, AclPassage.Part part) {
    return AclHop.of(
        at,
        sight.hub().acls(),
        sight.connection().hub(),
        subnet,
        direction,
        part,
        sight.address(),
        sight.port());
  }

  // What nothing was found of was not looked at: it depends on what could not be read.
  private static List<Hop> worst(List<Hop> found) {
    Map<Station, Hop> worst = new EnumMap<>(Station.class);
    found.forEach(
        hop ->
            worst.merge(hop.at(), hop, (a, b) -> a.verdict().compareTo(b.verdict()) >= 0 ? a : b));
    for (Station station : Station.values()) {
      worst.putIfAbsent(station, Hop.unknown(station, "no VPN instance to start from is known"));
    }
    return List.copyOf(worst.values());
  }

  // What a try went through is open, whatever else was read of it: a rule of a form that is not
  // known here, or a change since then. What refused it, answered.
  private static List<Hop> believed(List<Hop> hops, Sight sight) {
    boolean answered =
        !sight.hub().tries().isEmpty()
            && sight.hub().tries().values().stream()
                .allMatch(tried -> tried.seen().filter(Tried::isAnswered).isPresent());
    return answered
        ? hops.stream()
            .map(
                hop ->
                    hop.isWrong() && hop.at().isProbed()
                        ? Hop.unknown(hop.at(), hop.evidence() + "; but a try was answered")
                        : hop)
            .toList()
        : hops;
  }

  private static String summary(Sight sight, List<Hop> hops) {
    String to = sight.port() + " of " + sight.to();
    Optional<Hop> first = hops.stream().filter(Hop::isWrong).findFirst();
    if (first.isEmpty()) {
      List<String> unknown =
          hops.stream()
              .filter(hop -> hop.verdict() == Verdict.UNKNOWN)
              .map(hop -> hop.at().words())
              .toList();
      return unknown.isEmpty()
          ? "The VPN reaches " + to + "."
          : "Nothing wrong was found on the way to %s; not known: %s."
              .formatted(to, String.join("; ", unknown));
    }
    Hop wrong = first.get();
    if (wrong.at() != Station.PROBE) {
      return "%s cannot be reached: %s.".formatted(to, wrong.evidence());
    }
    return sight.hub().tries().values().stream()
            .flatMap(tried -> tried.seen().stream())
            .anyMatch(tried -> tried.outcome() == Tried.Outcome.REFUSED)
        ? "The way to %s is open, and nothing listens there: %s.".formatted(to, wrong.evidence())
        : "All that AWS shows of the way to %s is right, and it does not answer: %s. Look at the machine itself (is it up, does its own firewall let the VPN in?)."
            .formatted(to, wrong.evidence());
  }
}
