package io.peerway.plan.doctor;

import io.peerway.model.Connection;
import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Optional;

/** Which connection an address belongs to, or why it has none. */
public sealed interface Whereabouts {

  /** It is an address of this connection. */
  record Connected(Connection connection) implements Whereabouts {}

  /** There is no connection to walk along: this is the first station that is wrong. */
  record Elsewhere(Hop hop) implements Whereabouts {}

  /**
   * Looks for it.
   *
   * @param address as a prefix of length 32
   * @param peerings every peering connection of the hub account that EC2 still shows
   * @param hubCidrs those of the hub VPC
   */
  static Whereabouts of(
      Cidr address, Complete<Peering> peerings, Settings settings, List<Cidr> hubCidrs) {
    return ours(peerings, settings).stream()
        .filter(peering -> peering.status().isAccepted())
        .filter(peering -> has(claim(peering, settings), address))
        .findFirst()
        .<Whereabouts>map(peering -> new Connected(connection(peering, settings, hubCidrs)))
        .orElseGet(() -> new Elsewhere(elsewhere(address, peerings, settings, hubCidrs)));
  }

  /** Looks for a connection as a whole. */
  static Whereabouts of(
      PeeringId id, Complete<Peering> peerings, Settings settings, List<Cidr> hubCidrs) {
    Optional<Peering> peering =
        ours(peerings, settings).stream().filter(one -> one.id().equals(id)).findFirst();
    if (peering.isEmpty()) {
      return new Elsewhere(
          Hop.wrong(
              Station.ADDRESS,
              id + " is no peering connection of " + settings.hubVpc() + " that EC2 still shows",
              null,
              null));
    }
    return peering.get().status().isAccepted() && !peering.get().isWithdrawn()
        ? new Connected(connection(peering.get(), settings, hubCidrs))
        : new Elsewhere(state(peering.get(), settings, id + " joins"));
  }

  /** Every connection that stands. */
  static List<Connection> all(Complete<Peering> peerings, Settings settings, List<Cidr> hubCidrs) {
    return ours(peerings, settings).stream()
        .filter(peering -> peering.status().isAccepted() && !peering.isWithdrawn())
        .map(peering -> connection(peering, settings, hubCidrs))
        .toList();
  }

  private static Connection connection(Peering peering, Settings settings, List<Cidr> hubCidrs) {
    return Parties.connection(peering, settings.hubVpc(), hubCidrs, claim(peering, settings));
  }

  // What has lost its claim, or has one that cannot be read, goes on (LostClaim): it is restored
  // within a minute.
  private static List<Cidr> claim(Peering peering, Settings settings) {
    return Attempt.of(peering::claim)
        .seen()
        .filter(claim -> !peering.isUnclaimed())
        .orElseGet(() -> Parties.service(peering, settings.hubVpc()).cidrs());
  }

  private static Hop elsewhere(
      Cidr address, Complete<Peering> peerings, Settings settings, List<Cidr> hubCidrs) {
    return ours(peerings, settings).stream()
        // EC2 shows no CIDRs of one that is over; its claim is there until disconnect has looked.
        .filter(
            peering ->
                has(Parties.service(peering, settings.hubVpc()).cidrs(), address)
                    || has(claim(peering, settings), address))
        // A live one explains more than one that is over.
        .sorted((a, b) -> Boolean.compare(b.isLive(), a.isLive()))
        .findFirst()
        .map(
            peering ->
                has(peering.leftOut(), address)
                    ? leftOut(peering, settings, address)
                    : state(peering, settings, Question.plain(address) + " is in"))
        .orElseGet(
            () ->
                Hop.wrong(
                    Station.ADDRESS,
                    Question.plain(address) + " " + stranger(address, settings, hubCidrs),
                    null,
                    null));
  }

  private static String stranger(Cidr address, Settings settings, List<Cidr> hubCidrs) {
    if (has(hubCidrs, address)) {
      return "is an address of the hub VPC itself: no peering connection leads there";
    }
    if (has(settings.clientPool(), address)) {
      return "is an address that OpenVPN gives to clients (ClientPoolCidrs)";
    }
    if (has(settings.companyNetworks(), address)) {
      return "is an address of the company's own networks (CompanyCidrs)";
    }
    return has(settings.allowedPool(), address)
        ? "is in no VPC that is connected, or has asked to be"
        : "is no address that a service VPC may have (AllowedCidrs " + settings.allowedPool() + ")";
  }

  private static Hop leftOut(Peering peering, Settings settings, Cidr address) {
    return Hop.wrong(
        Station.ADDRESS,
        "%s is in %s, in a CIDR that came later and was refused: %s"
            .formatted(Question.plain(address), whose(peering, settings), peering.leftOut()),
        null,
        null);
  }

  private static Hop state(Peering peering, Settings settings, String what) {
    String said = "%s %s, ".formatted(what, whose(peering, settings));
    if (!peering.waitsForRoom().isEmpty()) {
      return Hop.wrong(
          Station.ADDRESS,
          said + "whose request " + peering.id() + " waits until the hub VPC has room",
          null,
          null);
    }
    if (peering.status().isPending()) {
      return Hop.wrong(
          Station.ADDRESS,
          said + "whose request " + peering.id() + " is not accepted",
          Mends.approve(peering.id(), settings.region()),
          null);
    }
    if (peering.status().isAccepted()) {
      return Hop.wrong(
          Station.ADDRESS,
          said
              + (peering.isWithdrawn()
                  ? "whose connection " + peering.id() + " is ending"
                  : "outside of what " + peering.id() + " was let in with: " + peering.claim()),
          null,
          null);
    }
    VpcSide service = Parties.service(peering, settings.hubVpc());
    VpcSide hub =
        peering.requester().vpc().equals(settings.hubVpc())
            ? peering.requester()
            : peering.accepter();
    return Hop.wrong(
        Station.PEERING,
        said + "whose peering connection " + peering.id() + " is " + peering.status().code(),
        null,
        new Hop.Trail(List.of(service, hub), List.of(peering.id().value()), null));
  }

  private static String whose(Peering peering, Settings settings) {
    VpcSide service = Parties.service(peering, settings.hubVpc());
    return service.vpc() + " of " + service.account();
  }

  private static List<Peering> ours(Complete<Peering> peerings, Settings settings) {
    return peerings.items().stream().filter(peering -> peering.joins(settings.hubVpc())).toList();
  }

  private static boolean has(List<Cidr> cidrs, Cidr address) {
    return cidrs.stream().anyMatch(cidr -> cidr.contains(address));
  }
}
