package io.peerway.plan.doctor;

import io.peerway.model.VpnInstance;
import io.peerway.model.value.Cidr;
import io.peerway.plan.doctor.Hop.Trail;
import io.peerway.plan.nat.SetInForce;
import io.peerway.plan.nat.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a VPN instance does with packets of clients. */
final class VpnHops {
  private static final List<Station> ASKED_OF_IT =
      List.of(Station.PUSH, Station.FORWARDING, Station.FOREIGN_CHAINS, Station.NAT);

  private final Sight sight;
  private final Mends mends;

  VpnHops(Sight sight, Mends mends) {
    this.sight = sight;
    this.mends = mends;
  }

  List<Hop> of(VpnInstance instance) {
    if (!instance.runs()) {
      String why = instance.id() + " does not run";
      Hop stopped =
          Hop.wrong(
              Station.VPN_INSTANCE,
              why,
              mends.start(instance.id()),
              Trail.of(sight.connection().hub(), instance.id().value()));
      return Stream.concat(
              Stream.of(stopped, Hop.unknown(Station.AGENT, why), Hop.unknown(Station.PROBE, why)),
              unknown(why))
          .toList();
    }
    List<Hop> hops = new ArrayList<>();
    hops.add(Hop.right(Station.VPN_INSTANCE, instance.id() + " runs"));
    hops.addAll(told(instance));
    hops.add(probe(instance));
    return hops;
  }

  private List<Hop> told(VpnInstance instance) {
    Hop answered = Hop.right(Station.AGENT, instance.id() + " answered");
    return switch (sight.hub().answers().get(instance.id())) {
      case Sight.Told(SetInForce inForce, Surroundings others) ->
          List.of(
              answered,
              push(instance, others),
              forwarding(instance, inForce),
              chains(instance, others),
              nat(instance, inForce));
      case Sight.Failed(String why) ->
          Stream.concat(
                  Stream.of(answered),
                  unknown(instance.id() + " could not tell what is in force: " + why))
              .toList();
      case Sight.Silent(String why) ->
          Stream.concat(Stream.of(silent(instance, why)), unknown(instance.id() + " is silent"))
              .toList();
      case Sight.Unasked(String why) ->
          Stream.concat(
                  // What has tried has an agent that answers.
                  Stream.of(hasTried(instance) ? answered : Hop.unknown(Station.AGENT, why)),
                  unknown(why))
              .toList();
      case null -> unknown(instance.id() + " was not asked").toList();
    };
  }

  private Hop silent(VpnInstance instance, String why) {
    return Hop.wrong(
        Station.AGENT,
        "%s does not answer Systems Manager (%s): look at its SSM agent and its instance profile"
            .formatted(instance.id(), why),
        mends.showAgent(instance.id()),
        null);
  }

  private boolean hasTried(VpnInstance instance) {
    return sight.hub().tries().get(instance.id()) instanceof Attempt.Seen<Tried>;
  }

  private static Stream<Hop> unknown(String why) {
    return ASKED_OF_IT.stream().map(at -> Hop.unknown(at, why));
  }

  private Hop push(VpnInstance instance, Surroundings others) {
    if (others.unpushed() == null) {
      return Hop.unknown(
          Station.PUSH, "no configuration of an OpenVPN server was found on " + instance.id());
    }
    Optional<Cidr> unpushed =
        others.unpushed().stream().filter(cidr -> cidr.overlaps(sight.address())).findFirst();
    if (unpushed.isPresent()) {
      return Hop.wrong(
          Station.PUSH,
          "OpenVPN on %s sends clients no route to %s".formatted(instance.id(), unpushed.get()),
          others.pushLine(unpushed.get()),
          null);
    }
    return others.isCutShort()
        ? Hop.unknown(Station.PUSH, instance.id() + " does not push more networks than it can list")
        : Hop.right(
            Station.PUSH,
            "OpenVPN on " + instance.id() + " sends clients a route to " + sight.to());
  }

  private Hop forwarding(VpnInstance instance, SetInForce inForce) {
    return inForce.forward()
        ? Hop.right(Station.FORWARDING, "net.ipv4.ip_forward is on")
        : Hop.wrong(
            Station.FORWARDING,
            "net.ipv4.ip_forward, or forwarding of a network device, is off on " + instance.id(),
            mends.connection(sight.connection().peeringId()),
            null);
  }

  private Hop chains(VpnInstance instance, Surroundings others) {
    List<String> chains = others.obstructing(instance.id().value(), List.of(sight.address()));
    return chains.isEmpty()
        ? Hop.right(Station.FOREIGN_CHAINS, "no chain of others on " + instance.id() + " stops it")
        : Hop.wrong(Station.FOREIGN_CHAINS, chains.getFirst(), null, null);
  }

  private Hop nat(VpnInstance instance, SetInForce inForce) {
    if (!inForce.rules()) {
      return unfit(instance, "the table that translates is not as Peerway writes it");
    }
    if (!Cidr.allWithin(sight.clientPool(), inForce.clients())) {
      return unfit(
          instance, "it translates for " + inForce.clients() + ", not for " + sight.clientPool());
    }
    List<Cidr> services = inForce.services();
    if (services == null) {
      return Hop.unknown(Station.NAT, instance.id() + " translates to too many CIDRs to list them");
    }
    return Cidr.allWithin(List.of(sight.address()), services)
        ? Hop.right(
            Station.NAT,
            "%s translates %s to %s".formatted(instance.id(), inForce.clients(), sight.to()))
        : unfit(instance, "it does not translate to " + Question.plain(sight.address()));
  }

  private Hop unfit(VpnInstance instance, String what) {
    return Hop.wrong(
        Station.NAT,
        instance.id() + ": " + what,
        mends.connection(sight.connection().peeringId()),
        null);
  }

  private Hop probe(VpnInstance instance) {
    return switch (sight.hub().tries().get(instance.id())) {
      case Attempt.Seen<Tried>(Tried tried) -> {
        String what = "from %s: %s".formatted(instance.id(), tried.words());
        yield switch (tried.outcome()) {
          case REACHED -> Hop.right(Station.PROBE, what);
          case NOT_TRIED -> Hop.unknown(Station.PROBE, what);
          case REFUSED, TIMED_OUT, NO_ROUTE -> Hop.wrong(Station.PROBE, what, null, null);
        };
      }
      case Attempt.Unread<Tried>(String why) -> Hop.unknown(Station.PROBE, why);
      case null -> Hop.unknown(Station.PROBE, "nothing was tried from " + instance.id());
    };
  }
}
