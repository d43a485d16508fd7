package io.peerway.functions.reconcile;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Obstructions;
import io.peerway.functions.Step;
import io.peerway.model.NatSet;
import io.peerway.model.Parties;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Organization;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.nat.NatPlan;
import io.peerway.plan.reconcile.AccountGroups;
import io.peerway.plan.reconcile.HubSight;
import io.peerway.plan.reconcile.NatCheck;
import io.peerway.plan.reconcile.RouteCheck;
import io.peerway.plan.report.Doers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that {@code reconcile} needs of the hub account, once for all connections, and
 * asks the VPN instances what they have in force.
 */
public final class ReadHubHandler extends Step<ReadHubHandler.Request, ReconcileStart> {
  private static final AllConnections ALL = new AllConnections();

  /** The execution's own input, as it was given. */
  record Request(Map<String, Object> input, @Nullable String execution) implements Step.Input {
    Request {
      Objects.requireNonNull(input, "input");
    }

    @Override
    public Subject subject() {
      return ALL;
    }
  }

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;
  private final Function<Subject, EventHistory> events;
  private final Organization organization;
  private final VpnInstances vpn;
  private final Clock clock;

  public ReadHubHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private ReadHubHandler(Settings settings, AwsClients aws) {
    this(
        settings,
        aws.hub(),
        aws.hubEvents(),
        aws.organization(),
        aws.vpnInstances(),
        Clock.systemUTC());
  }

  public ReadHubHandler(
      Settings settings,
      Function<Subject, HubNetwork> hub,
      Function<Subject, EventHistory> events,
      Organization organization,
      VpnInstances vpn,
      Clock clock) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.events = events;
    this.organization = organization;
    this.vpn = vpn;
    this.clock = clock;
  }

  @Override
  protected ReconcileStart run(Request request) {
    ReconcileOrder order = ReconcileOrder.of(request.input());
    Instant readAt = clock.instant();
    HubNetwork network = hub.apply(ALL);
    Complete<Peering> all = network.peerings();
    Complete<Peering> live = new Complete<>(all.items().stream().filter(Peering::isLive).toList());
    List<Peering> ours =
        live.items().stream().filter(peering -> peering.joins(settings.hubVpc())).toList();
    Complete<RouteTable> tables = network.routeTables(settings.hubVpc());
    Vpc hubVpc =
        network
            .vpc(settings.hubVpc())
            .orElseThrow(
                () -> new NotYetVisible(settings.hubVpc() + " is not visible in the hub account"));
    List<VpnInstance> instances = network.vpnInstances(settings.hubVpc());
    List<Peering> included = ours.stream().filter(p -> order.includes(p.id())).toList();
    Set<AccountId> active = order.looksForVpcs() ? members(hubVpc.owner()) : Set.of();
    HubSight sight =
        new HubSight(hubVpc, VpnInstance.addresses(instances), ours).withOurTags().listing(active);
    Inspection found =
        RouteCheck.hub(
                Obstructions.ofHub(network, settings.hubVpc(), tables),
                VpnInstance.subnets(instances),
                included,
                settings)
            .and(leftBehind(network, tables, all, order));
    return new ReconcileStart(
        order,
        readAt.toEpochMilli(),
        AccountGroups.of(connected(included), active),
        sight,
        List.of(
            new Doers(new EventRecords(side -> events.apply(ALL)))
                .named(found, included)
                .shortened(ours.size())),
        nat(live, instances, readAt),
        Round.FIRST);
  }

  // The hub account needs no role in itself, and has none.
  private Set<AccountId> members(AccountId hubAccount) {
    return organization.activeAccounts(ALL).items().stream()
        .filter(account -> !account.equals(hubAccount))
        .collect(Collectors.toSet());
  }

  private Set<AccountId> connected(List<Peering> included) {
    return included.stream()
        .map(peering -> Parties.service(peering, settings.hubVpc()).account())
        .collect(Collectors.toSet());
  }

  // What EC2 does not list any more is asked for by id.
  private Inspection leftBehind(
      HubNetwork network,
      Complete<RouteTable> tables,
      Complete<Peering> all,
      ReconcileOrder order) {
    List<Peering> live = all.items().stream().filter(Peering::isLive).toList();
    Set<PeeringId> gone = new TreeSet<>(RouteCheck.leftBehind(tables, live));
    all.items().stream()
        .filter(peering -> peering.isHalfGone() && peering.joins(settings.hubVpc()))
        .forEach(peering -> gone.add(peering.id()));
    gone.removeIf(id -> !order.includes(id));
    if (order.only() != null && live.stream().noneMatch(peering -> order.includes(peering.id()))) {
      gone.add(order.only());
    }
    Inspection found = Inspection.NOTHING;
    for (PeeringId id : gone) {
      Optional<Peering> seen =
          all.items().stream()
              .filter(peering -> peering.id().equals(id))
              .findFirst()
              .or(() -> network.peering(id));
      found = found.and(RouteCheck.leftBehind(id, seen, settings.hubVpc()));
    }
    return found;
  }

  private NatQuestion nat(Complete<Peering> live, List<VpnInstance> instances, Instant readAt) {
    if (instances.isEmpty()) {
      return NatQuestion.done(List.of(Finding.unknown(NatCheck.ALL, "there are none")));
    }
    try {
      NatSet wanted = NatPlan.plan(live, settings.hubVpc(), settings.clientPool(), readAt);
      return NatQuestion.asked(vpn.ask(wanted, ALL), wanted, instances);
    } catch (Drifted damaged) {
      return NatQuestion.done(
          List.of(Finding.unknown(NatCheck.ALL, String.valueOf(damaged.getMessage()))));
    }
  }
}
