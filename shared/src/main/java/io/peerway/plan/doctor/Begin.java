package io.peerway.plan.doctor;

import io.peerway.model.Connection;
import io.peerway.model.NatSet;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.Region;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import io.peerway.plan.doctor.Attempt.Unread;
import io.peerway.plan.nat.NatPlan;
import io.peerway.plan.report.Doers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the connection that a question is about, and sends the VPN instances what they answer. */
public final class Begin {
  /** Of so many questions at once the VPN instances are asked what they have in force. */
  static final int AT_ONCE = 5;

  private static final Port NOTHING = new Port.Range(Port.Protocol.UDP, 1, 1);

  // A search through 125 accounts; a step has a minute.
  private static final Duration SEARCH = Duration.ofSeconds(25);

  private final Aws aws;
  private final Settings settings;
  private final HubNetwork hub;
  private final Doers doers;
  private final Instant now;

  /**
   * A question, which is about no connection yet.
   *
   * @param doers who changed something
   */
  public Begin(Aws aws, Doers doers) {
    this.doers = doers;
    this.aws = aws;
    this.settings = aws.settings();
    this.hub = aws.hub(new AllConnections());
    this.now = aws.now();
  }

  // What the address was found by, or why there is none.
  private record Found(Cidr address, @Nullable String faceless, Connection connection) {}

  /** Does it. What cannot be understood is answered at once, and so is what is not connected. */
  public Begun now(@Nullable Object asked) {
    Question question;
    try {
      question = Question.of(asked);
    } catch (IllegalArgumentException e) {
      return nowhere(
          "The question cannot be answered",
          Hop.wrong(Station.ADDRESS, String.valueOf(e.getMessage()), null, null));
    }
    return switch (Attempt.of(hub::peerings)) {
      case Unread<Complete<Peering>>(String why) ->
          nowhere(
              "Nothing is known of " + question.to(),
              Hop.unknown(Station.ADDRESS, "the peering connections could not be read: " + why));
      case Attempt.Seen<Complete<Peering>>(Complete<Peering> peerings) ->
          begun(question, peerings, hubCidrs(peerings));
    };
  }

  // An active peering connection shows them as well.
  private List<Cidr> hubCidrs(Complete<Peering> peerings) {
    return Attempt.of(() -> hub.vpc(settings.hubVpc()))
        .seen()
        .flatMap(Function.identity())
        .map(Vpc::cidrs)
        .orElseGet(
            () ->
                peerings.items().stream()
                    .map(
                        peering ->
                            peering.requester().vpc().equals(settings.hubVpc())
                                ? peering.requester()
                                : peering.accepter())
                    .filter(side -> side.vpc().equals(settings.hubVpc()))
                    .map(VpcSide::cidrs)
                    .filter(cidrs -> !cidrs.isEmpty())
                    .findFirst()
                    .orElse(List.of()));
  }

  private Begun begun(Question question, Complete<Peering> peerings, List<Cidr> hubCidrs) {
    return switch (question.to()) {
      case Question.Address(Cidr address) ->
          switch (Whereabouts.of(address, peerings, settings, hubCidrs)) {
            case Whereabouts.Connected(Connection connection) ->
                sent(question, new Found(address, null, connection), peerings);
            case Whereabouts.Elsewhere(Hop hop) -> unreachable(question, hop);
          };
      case Question.Connection(PeeringId id) ->
          switch (Whereabouts.of(id, peerings, settings, hubCidrs)) {
            case Whereabouts.Connected(Connection connection) ->
                connection.service().cidrs().isEmpty()
                    ? nowhere(
                        "Nothing is known of " + id,
                        Hop.unknown(
                            Station.ADDRESS, "EC2 does not show the CIDRs behind it; ask again"))
                    : sent(question, anyOf(connection), peerings);
            case Whereabouts.Elsewhere(Hop hop) -> unreachable(question, hop);
          };
      case Question.Instance(InstanceId id) -> ofInstance(question, id, peerings, hubCidrs);
    };
  }

  // The role of a service account shows interfaces, and no instances.
  private Found anyOf(Connection connection) {
    VpcSide service = connection.service();
    Attempt<Optional<NetworkInterface>> any =
        Attempt.of(
            () -> aws.inside(service, connection.peeringId()).interfaceOfAnInstance(service.vpc()));
    String why =
        switch (any) {
          case Unread<Optional<NetworkInterface>>(String unread) -> unread;
          case Attempt.Seen<Optional<NetworkInterface>> none ->
              "no instance is in " + service.vpc() + ": ask for an address of it";
        };
    return any.seen()
        .flatMap(Function.identity())
        .map(face -> new Found(face.address(), null, connection))
        .orElseGet(
            () ->
                new Found(
                    Cidr.ofAddress(Question.plain(connection.service().cidrs().getFirst())),
                    why,
                    connection));
  }

  private Begun ofInstance(
      Question question, InstanceId id, Complete<Peering> peerings, List<Cidr> hubCidrs) {
    Map<AccountId, Function<Region, Network>> accounts = new HashMap<>();
    List<String> unread = new ArrayList<>();
    for (Connection connection : Whereabouts.all(peerings, settings, hubCidrs)) {
      VpcSide service = connection.service();
      if (aws.now().isAfter(now.plus(SEARCH))) {
        unread.add(service.account() + " and others, for want of time");
        break;
      }
      try {
        Optional<NetworkInterface> face =
            accounts
                .computeIfAbsent(
                    service.account(),
                    account -> aws.services().networks(account, connection.peeringId()))
                .apply(service.region())
                .interfaceOf(id)
                .filter(one -> one.vpc().equals(service.vpc()));
        if (face.isPresent()) {
          return sent(question, new Found(face.get().address(), null, connection), peerings);
        }
      } catch (PeerwayException e) {
        unread.add(service.account() + " (" + e.getMessage() + ")");
      }
    }
    String nowhere = id + " is in no connected VPC";
    return unread.isEmpty()
        ? unreachable(question, Hop.wrong(Station.ADDRESS, nowhere, null, null))
        : nowhere(
            "Nothing is known of " + id,
            Hop.unknown(
                Station.ADDRESS,
                nowhere + " that can be read; not read: " + String.join(", ", unread)));
  }

  // The try first, then a look at how many others wait: who came first is served, however many come
  // at once. The rest learns what AWS shows.
  private Begun sent(Question question, Found found, Complete<Peering> peerings) {
    PeeringId id = found.connection().peeringId();
    Order probe = probe(question, found);
    NatSet set = set(peerings);
    Order report = report(probe, set, id);
    return new Begun(
        Begun.Outcome.PENDING,
        question.to().toString(),
        question.port(),
        new Underway(
            found.address(),
            found.faceless(),
            found.connection(),
            Attempt.of(() -> hub.vpnInstances(settings.hubVpc()))
                .seen()
                .<@Nullable List<VpnInstance>>map(Function.identity())
                .orElse(null),
            report,
            probe,
            Cidr.allWithin(List.of(found.address()), set.services()) ? set.servicesDigest() : null,
            now.toEpochMilli()),
        null);
  }

  // What cannot be tried is sent all the same, so that it counts: the document tries nothing then.
  private Order probe(Question question, Found found) {
    Port port = found.faceless() == null ? question.port() : NOTHING;
    return Order.of(() -> aws.vpn().probe(found.address(), port, found.connection().peeringId()));
  }

  private Order report(Order probe, NatSet set, PeeringId id) {
    String command = probe.command();
    if (command == null) {
      return probe;
    }
    return switch (Attempt.of(() -> aws.vpn().probesBefore(command, now, id))) {
      case Unread<Integer>(String why) ->
          Order.none("how many others ask could not be read: " + why);
      case Attempt.Seen<Integer>(Integer before) ->
          before >= AT_ONCE
              ? Order.none(before + " other questions came first; ask again in a minute")
              : Order.of(() -> aws.vpn().ask(set, id));
    };
  }

  private NatSet set(Complete<Peering> peerings) {
    return NatPlan.plan(peerings, settings.hubVpc(), settings.clientPool(), now);
  }

  private Begun unreachable(Question question, Hop hop) {
    return nowhere(question.to() + " cannot be reached through the VPN", hop);
  }

  private Begun nowhere(String so, Hop hop) {
    return Begun.answered(
        Answer.of(new Diagnosis(List.of(hop), so + ": " + hop.evidence() + "."), changed(hop)));
  }

  private @Nullable String changed(Hop hop) {
    Hop.Trail trail = hop.trail();
    return trail == null
        ? null
        : doers.last(trail.places(), trail.resources(), trail.lost()).orElse(null);
  }
}
