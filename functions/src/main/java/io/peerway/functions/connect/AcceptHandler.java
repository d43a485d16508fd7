package io.peerway.functions.connect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.NatSet;
import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Claims;
import io.peerway.plan.admission.Claims.Verdict;
import io.peerway.plan.admission.RoomInHub;
import io.peerway.plan.nat.NatPlan;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts an admitted request, unless another one has claimed the same addresses first, or the hub
 * VPC has no room for it. Asked again, it says how far things are.
 */
public final class AcceptHandler extends Step<AcceptHandler.Request, AcceptHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptHandler.class);
  private static final int ACTIVATION_SECONDS = 2;
  private static final int RIVAL_SECONDS = 15;

  /**
   * What to accept.
   *
   * @param before the execution's data, with what was answered last if it was asked before
   */
  record Request(Connection connection, @Nullable Before before, @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }

    List<RouteTableId> tables() {
      Answer last = before == null ? null : before.acceptance();
      return last == null || last.tables() == null ? List.of() : last.tables();
    }
  }

  /** What the execution knows already. */
  record Before(@Nullable Answer acceptance) {}

  /**
   * Where the peering connection stands.
   *
   * @param waitSeconds when to ask again
   * @param tables the hub's route tables that had none of the routes when the request was accepted;
   *     none where that is not known
   * @param nat of an active one: the NAT set of this moment
   */
  record Answer(
      State state,
      int waitSeconds,
      @Nullable Refusal refusal,
      @Nullable List<RouteTableId> tables,
      @Nullable NatSet nat,
      @Nullable Notice notice) {
    static Answer active(List<RouteTableId> tables, NatSet nat) {
      return new Answer(State.ACTIVE, 0, null, tables, nat, null);
    }

    static Answer pending(int seconds, List<RouteTableId> tables) {
      return new Answer(State.PENDING, seconds, null, tables.isEmpty() ? null : tables, null, null);
    }

    static Answer refused(Refusal refusal) {
      return new Answer(State.REFUSED, 0, refusal, null, null, null);
    }

    static Answer full(@Nullable Notice notice) {
      return new Answer(notice == null ? State.WAITING : State.FULL, 0, null, null, null, notice);
    }

    static Answer gone() {
      return new Answer(State.GONE, 0, null, null, null, null);
    }
  }

  /** What the workflow branches on. */
  enum State {
    ACTIVE,
    PENDING,
    REFUSED,
    /** The hub VPC has no room, which is to be told. */
    FULL,
    /** It has no room, as was told before. */
    WAITING,
    GONE
  }

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;
  private final ServiceAccounts services;
  private final Clock clock;

  public AcceptHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private AcceptHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts(), Clock.systemUTC());
  }

  public AcceptHandler(
      Settings settings, Function<Subject, HubNetwork> hub, ServiceAccounts services, Clock clock) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
    this.clock = clock;
  }

  @Override
  protected Answer run(Request request) {
    PeeringId id = request.peeringId();
    HubNetwork network = hub.apply(id);
    Instant readAt = clock.instant();
    Complete<Peering> live = network.livePeerings();
    Optional<Peering> own =
        live.items().stream().filter(peering -> peering.id().equals(id)).findFirst();
    return own.isPresent()
        ? weighed(request, own.get(), live, readAt)
        : unlisted(request, network.peering(id));
  }

  private Answer weighed(Request request, Peering own, Complete<Peering> live, Instant readAt) {
    Connection connection = request.connection();
    // Whoever reads claims must be sure that its own can be read by the others.
    if (!own.claim().containsAll(connection.service().cidrs())) {
      throw new NotYetVisible(
          own.id()
              + " does not show the claim "
              + connection.service().cidrs()
              + " but "
              + own.claim());
    }
    Verdict verdict = Claims.verdict(own, connection.hub().vpc(), live);
    LOG.info("{}", verdict);
    return switch (verdict) {
      case Verdict.Free() when own.status() == PeeringStatus.ACTIVE ->
          Answer.active(
              request.tables(),
              NatPlan.plan(live, settings.hubVpc(), settings.clientPool(), readAt));
      case Verdict.Free() when own.status().isPending() -> withRoom(connection, own, live);
      case Verdict.Free() -> Answer.pending(ACTIVATION_SECONDS, request.tables());
      case Verdict.Wait(PeeringId rival) -> Answer.pending(RIVAL_SECONDS, List.of());
      case Verdict.Lost(Refusal refusal) -> Answer.refused(refusal);
    };
  }

  private Answer withRoom(Connection connection, Peering own, Complete<Peering> live) {
    HubNetwork network = hub.apply(own.id());
    Complete<RouteTable> tables = network.routeTables(settings.hubVpc());
    List<RouteTableId> untouched = untouched(tables, connection);
    RoomInHub.Verdict verdict = RoomInHub.verdict(own, live, tables, settings);
    LOG.info("{}", verdict);
    boolean toldToWait = !own.waitsForRoom().isEmpty();
    return switch (verdict) {
      case RoomInHub.Verdict.Room() -> {
        if (toldToWait) {
          network.ensureTagged(own.id(), Map.of(Tags.WAITS_FOR, ""));
        }
        accepter(connection).ensureAccepted(own.id());
        yield Answer.pending(ACTIVATION_SECONDS, untouched);
      }
      case RoomInHub.Verdict.Wait(PeeringId rival) -> Answer.pending(RIVAL_SECONDS, List.of());
      case RoomInHub.Verdict.Full(String why) -> {
        network.ensureTagged(
            own.id(), Map.of(Tags.CIDRS, "", Tags.WAITS_FOR, Cidr.text(own.claim())));
        yield Answer.full(toldToWait ? null : Notice.noRoom(connection, why));
      }
    };
  }

  // A route of others stays in the way; that of a peering connection that is gone goes with its
  // disconnect, and HubRoutes waits for it.
  private static List<RouteTableId> untouched(Complete<RouteTable> tables, Connection connection) {
    List<Cidr> destinations = connection.service().cidrs();
    try {
      List<Change> routes = RoutePlan.plan(tables, destinations, connection.peeringId());
      return RoutePlan.untouched(tables, routes, destinations);
    } catch (BlackholeRoute passing) {
      return List.of();
    }
  }

  // A listing may lag behind what was read by id a moment ago.
  private static Answer unlisted(Request request, Optional<Peering> own) {
    return own.map(Peering::status)
            .filter(status -> status.isPending() || status.isAccepted())
            .isPresent()
        ? Answer.pending(ACTIVATION_SECONDS, request.tables())
        : Answer.gone();
  }

  private Network accepter(Connection connection) {
    return switch (connection.accepter()) {
      case HUB -> hub.apply(connection.peeringId());
      case SERVICE ->
          services.network(
              connection.service().account(),
              connection.service().region(),
              connection.peeringId());
    };
  }
}
