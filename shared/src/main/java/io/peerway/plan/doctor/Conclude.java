package io.peerway.plan.doctor;

import io.peerway.model.Connection;
import io.peerway.model.SentCommand;
import io.peerway.model.VpnInstance;
import io.peerway.model.network.AclSight;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import io.peerway.plan.doctor.Attempt.Seen;
import io.peerway.plan.doctor.Attempt.Unread;
import io.peerway.plan.nat.InstanceFailure;
import io.peerway.plan.nat.SetInForce;
import io.peerway.plan.nat.Surroundings;
import io.peerway.plan.report.Doers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what the VPN instances have answered, then the whole way, and says what is wrong. */
public final class Conclude {
  // Run Command takes some seconds, and a try that nobody answers five. Who waits for the answer
  // has 60 (AWS CLI, "cli_read_timeout").
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // Systems Manager says so of one that was never reached (User Guide, "Understanding command
  // statuses").
  private static final Set<String> NOT_REACHED = Set.of("TimedOut", "Cancelled");

  private final Aws aws;
  private final Network inside;
  private final Settings settings;
  private final String to;
  private final Port port;
  private final Underway underway;
  private final Documents documents;
  private final Mends mends;
  private final Doers doers;

  /**
   * How the documents' answers are read out of their output.
   *
   * @param inForce what is in force
   * @param surroundings what of others is in the way
   * @param tried what a try came to
   */
  public record Documents(
      Function<String, Optional<SetInForce>> inForce,
      Function<String, Optional<Surroundings>> surroundings,
      Function<String, Optional<Tried>> tried) {}

  /**
   * A question that the VPN instances were sent.
   *
   * @param inside the service's network
   * @param doers who changed something
   */
  public Conclude(
      Aws aws,
      Network inside,
      String to,
      Port port,
      Underway underway,
      Documents documents,
      Mends mends,
      Doers doers) {
    this.aws = aws;
    this.inside = inside;
    this.settings = aws.settings();
    this.to = to;
    this.port = port;
    this.underway = underway;
    this.documents = documents;
    this.mends = mends;
    this.doers = doers;
  }

  /** How far it is. */
  public Begun now() {
    Attempt<SentCommand> report = answers(underway.report());
    Attempt<SentCommand> probe = answers(underway.probe());
    boolean isLate =
        Duration.ofMillis(aws.clock().millis() - underway.since()).compareTo(PATIENCE) > 0;
    if (!isLate && !(isComplete(report) && isComplete(probe))) {
      return new Begun(Begun.Outcome.PENDING, to, port, underway, null);
    }
    Diagnosis diagnosis = Diagnosis.of(sight(report, probe), mends);
    return Begun.answered(
        Answer.of(
            diagnosis,
            diagnosis
                .first()
                .flatMap(hop -> Optional.ofNullable(hop.trail()))
                .flatMap(trail -> doers.last(trail.places(), trail.resources(), trail.lost()))
                .orElse(null)));
  }

  private Attempt<SentCommand> answers(Order order) {
    String command = order.command();
    return command == null
        ? new Unread<>(String.valueOf(order.why()))
        : Attempt.of(() -> aws.vpn().answers(command, underway.connection().peeringId()));
  }

  // Run Command asks every instance with the tag; those count that run in the hub VPC.
  private boolean isComplete(Attempt<SentCommand> reading) {
    List<VpnInstance> known = underway.instances();
    return reading
        .seen()
        .map(
            command ->
                known == null
                    ? !command.answers().isEmpty()
                        && command.answers().stream().allMatch(SentCommand.Answer::hasEnded)
                    : VpnInstance.running(known).stream()
                        .allMatch(id -> of(id, command).isPresent()))
        .orElse(true);
  }

  private Sight sight(Attempt<SentCommand> report, Attempt<SentCommand> probe) {
    Connection connection = underway.connection();
    HubNetwork hub = aws.hub(connection.peeringId());
    List<VpnInstance> known = underway.instances();
    Attempt<List<VpnInstance>> instances =
        known == null ? new Unread<>("they could not be read") : new Seen<>(known);
    return new Sight(
        to,
        underway.address(),
        port,
        settings.clientPool(),
        connection,
        Attempt.of(() -> hub.peering(connection.peeringId())),
        hubEnd(hub, instances, report, probe),
        serviceEnd());
  }

  private Sight.HubEnd hubEnd(
      HubNetwork hub,
      Attempt<List<VpnInstance>> reading,
      Attempt<SentCommand> report,
      Attempt<SentCommand> probe) {
    List<VpnInstance> instances = reading.seen().orElse(List.of());
    Map<String, Attempt<Optional<RouteTable>>> tables = new HashMap<>();
    for (String subnet : VpnInstance.subnets(instances)) {
      tables.put(subnet, Attempt.of(() -> hub.routeTableOf(settings.hubVpc(), subnet)));
    }
    Map<InstanceId, Sight.Answer> answers = new HashMap<>();
    Map<InstanceId, Attempt<Tried>> tries = new HashMap<>();
    for (InstanceId id : VpnInstance.running(instances)) {
      answers.put(id, answer(id, report));
      tries.put(id, tried(id, probe));
    }
    Attempt<List<GroupRule>> rules =
        Attempt.of(
            () ->
                hub.outboundRules(
                    instances.stream().flatMap(one -> one.groups().stream()).distinct().toList()));
    return new Sight.HubEnd(
        reading,
        tables,
        lists(hub, Stream.concat(listed(tables.values()), listed(rules))),
        acls(hub, settings.hubVpc()),
        rules,
        answers,
        tries);
  }

  private Sight.ServiceEnd serviceEnd() {
    VpcSide service = underway.connection().service();
    String faceless = underway.faceless();
    Attempt<Optional<NetworkInterface>> face =
        faceless == null
            ? Attempt.of(() -> inside.interfaceWith(service.vpc(), underway.address()))
            : new Unread<>(faceless);
    Optional<NetworkInterface> found = face.seen().flatMap(Function.identity());
    if (found.isEmpty()) {
      // Nothing else is looked at where nothing has the address.
      return new Sight.ServiceEnd(
          face,
          new Seen<>(Optional.empty()),
          Map.of(),
          new AclSight.Unknown("it was not read"),
          new Seen<>(List.of()));
    }
    Attempt<Optional<RouteTable>> table =
        Attempt.of(() -> inside.routeTableOf(service.vpc(), found.get().subnet()));
    Attempt<List<GroupRule>> rules = Attempt.of(() -> inside.inboundRules(found.get().groups()));
    return new Sight.ServiceEnd(
        face,
        table,
        lists(inside, Stream.concat(listed(List.of(table)), listed(rules))),
        acls(inside, service.vpc()),
        rules);
  }

  private static Stream<PrefixListId> listed(Collection<Attempt<Optional<RouteTable>>> tables) {
    return tables.stream()
        .flatMap(table -> table.seen().stream())
        .flatMap(Optional::stream)
        .flatMap(table -> table.lists().stream())
        .map(PrefixListRoute::list);
  }

  private static Stream<PrefixListId> listed(Attempt<List<GroupRule>> rules) {
    return rules.seen().stream().flatMap(List::stream).flatMap(rule -> rule.lists().stream());
  }

  private static Map<PrefixListId, PrefixListSight> lists(
      Network network, Stream<PrefixListId> ids) {
    Map<PrefixListId, PrefixListSight> lists = new HashMap<>();
    ids.distinct()
        .forEach(
            id ->
                lists.put(
                    id,
                    switch (Attempt.of(() -> network.prefixList(id))) {
                      case Seen<List<Cidr>>(var cidrs) -> new PrefixListSight.Seen(cidrs);
                      case Unread<List<Cidr>>(String why) -> new PrefixListSight.Unknown(why);
                    }));
    return lists;
  }

  private static AclSight acls(Network network, VpcId vpc) {
    return switch (Attempt.of(
        () ->
            network
                .networkAclsOf(Set.of(vpc))
                .getOrDefault(vpc, new Complete<NetworkAcl>(List.of())))) {
      case Seen<Complete<NetworkAcl>>(Complete<NetworkAcl> acls) -> new AclSight.Seen(acls);
      case Unread<Complete<NetworkAcl>>(String why) -> new AclSight.Unknown(why);
    };
  }

  private Sight.Answer answer(InstanceId instance, Attempt<SentCommand> report) {
    if (report instanceof Unread<SentCommand>(String why)) {
      return new Sight.Unasked(why);
    }
    Optional<SentCommand.Answer> said = report.seen().flatMap(command -> of(instance, command));
    if (said.isEmpty()) {
      return new Sight.Silent("nothing within " + PATIENCE.toSeconds() + " seconds");
    }
    SentCommand.Answer answer = said.get();
    if (NOT_REACHED.contains(answer.status())) {
      return new Sight.Silent(answer.status());
    }
    return documents
        .inForce()
        .apply(answer.output())
        .<Sight.Answer>map(
            inForce ->
                new Sight.Told(
                    listed(inForce),
                    documents.surroundings().apply(answer.output()).orElse(Surroundings.NONE)))
        .orElseGet(() -> new Sight.Failed(answer.status() + ": " + InstanceFailure.of(answer)));
  }

  // One that was too long to be listed, and is the set that was asked about, has this connection.
  private SetInForce listed(SetInForce found) {
    return found.services() == null && found.servicesDigest().equals(underway.wanted())
        ? found.having(underway.connection().service().cidrs())
        : found;
  }

  private Attempt<Tried> tried(InstanceId instance, Attempt<SentCommand> probe) {
    String faceless = underway.faceless();
    if (faceless != null) {
      return new Unread<>("nothing was tried: " + faceless);
    }
    return switch (probe) {
      case Unread<SentCommand>(String why) -> new Unread<>("nothing was tried: " + why);
      case Seen<SentCommand>(SentCommand command) ->
          of(instance, command)
              .flatMap(answer -> documents.tried().apply(answer.output()))
              .<Attempt<Tried>>map(Seen::new)
              .orElseGet(() -> new Unread<>("nothing is known of a try from " + instance));
    };
  }

  private static Optional<SentCommand.Answer> of(InstanceId instance, SentCommand command) {
    return command.answers().stream()
        .filter(answer -> answer.instance().equals(instance.value()) && answer.hasEnded())
        .findFirst();
  }
}
