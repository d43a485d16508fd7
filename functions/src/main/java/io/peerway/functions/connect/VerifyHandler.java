package io.peerway.functions.connect;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Latest;
import io.peerway.functions.Obstructions;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.StillAdmitted;
import io.peerway.plan.nat.VpnSight;
import io.peerway.plan.network.Obstacle;
import io.peerway.plan.network.Obstacles;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.network.Slips;
import io.peerway.plan.network.Verification;
import io.peerway.plan.notices.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything back and only then says that a connection works. (What the VPN instances have in
 * force they read back themselves.)
 */
public final class VerifyHandler extends Step<VerifyHandler.Request, VerifyHandler.Answer> {

  /**
   * What is read back.
   *
   * @param admitted what Admit has answered: whether people have heard of the connection
   * @param vpn what of others stands in the way on the VPN instances
   * @param slips which slips in the groups' tags people were told of
   */
  record Request(
      Connection connection,
      List<Cidr> vpnAddresses,
      List<String> vpnSubnets,
      List<String> vpnInstances,
      @Nullable VpnSight vpn,
      AdmitAnswer.@Nullable Outcome admitted,
      @Nullable String slips,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(vpnAddresses, "vpnAddresses");
      Objects.requireNonNull(vpnSubnets, "vpnSubnets");
      Objects.requireNonNull(vpnInstances, "vpnInstances");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }
  }

  /**
   * What is told, and what the workflow branches on.
   *
   * @param slips what people have not heard of slips in the groups' tags
   */
  record Answer(Outcome outcome, String subject, String message, @Nullable Notice slips) {
    private Answer(Outcome outcome, Notice notice) {
      this(outcome, notice.subject(), notice.message(), null);
    }

    private Answer with(@Nullable Notice news) {
      return new Answer(outcome, subject, message, news);
    }
  }

  /** What the workflow branches on. */
  enum Outcome {
    CONNECTED,
    /** VPN clients do not get through. */
    OBSTRUCTED,
    /** The same, of which people have heard or are told by {@code reconcile}. */
    STILL_OBSTRUCTED
  }

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;
  private final ServiceAccounts services;

  public VerifyHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private VerifyHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts());
  }

  public VerifyHandler(
      Settings settings, Function<Subject, HubNetwork> hub, ServiceAccounts services) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
  }

  @Override
  protected Answer run(Request request) {
    Connection connection = request.connection();
    return Latest.admitted(connection, hub.apply(connection.peeringId()), () -> verified(request));
  }

  private Answer verified(Request request) {
    Connection connection = request.connection();
    VpcSide service = connection.service();
    PeeringId id = connection.peeringId();
    HubNetwork hubNetwork = hub.apply(id);
    Network inside = services.network(service.account(), service.region(), id);
    Complete<RouteTable> hubTables = hubNetwork.routeTables(connection.hub().vpc());
    Complete<RouteTable> tables = inside.routeTables(service.vpc());
    Openings openings =
        Openings.readBack(
            inside,
            connection,
            settings.ports(),
            request.vpnAddresses(),
            () -> StillAdmitted.claim(connection, hubNetwork.peering(id)));
    Complete<SecurityGroup> groups = openings.groups();
    List<String> findings = new ArrayList<>();
    List<String> blackholes = new ArrayList<>();
    look(hubTables, service.cidrs(), id, findings, blackholes);
    look(tables, connection.hub().cidrs(), id, findings, blackholes);
    openings.missing().forEach(missing -> findings.add("not there: " + missing));
    if (!findings.isEmpty()) {
      throw new Drifted(
          id
              + ": "
              + String.join("; ", findings)
              + ". Somebody changed it meanwhile: start connect again with this peering id.");
    }
    if (!blackholes.isEmpty()) {
      throw new NotYetVisible(id + ": " + String.join("; ", blackholes));
    }
    Set<Port> ports = Obstacles.ports(settings, groups);
    List<Obstacle> obstacles = new ArrayList<>();
    obstacles.addAll(
        Obstacles.ofHub(
            Obstructions.ofHub(hubNetwork, connection.hub().vpc(), hubTables),
            request.vpnSubnets(),
            service.cidrs(),
            ports,
            id));
    obstacles.addAll(
        Obstacles.ofService(
            Obstructions.ofService(inside, service.vpc(), tables),
            connection.hub().cidrs(),
            request.vpnAddresses(),
            ports,
            id));
    VpnSight vpn = Objects.requireNonNullElse(request.vpn(), VpnSight.CLEAR);
    Slips slips =
        SecurityGroupPlan.slips(
            groups, connection.hub().vpc(), settings.ports(), request.vpnAddresses());
    Answer answer =
        vpn.stopsClients()
            ? obstructed(request, vpn, hubNetwork)
            : connected(request, vpn, obstacles, hubNetwork);
    return answer.with(slips(request, slips, hubNetwork));
  }

  private static @Nullable Notice slips(Request request, Slips slips, HubNetwork hub) {
    String told = Objects.requireNonNullElse(request.slips(), "");
    String execution = Objects.requireNonNullElse(request.execution(), "none");
    String remembered = slips.remembered(told, execution);
    if (!remembered.equals(told)) {
      hub.ensureTagged(request.peeringId(), Map.of(Tags.SLIPS, remembered));
    }
    String news = slips.news(told, execution);
    return news.isEmpty() ? null : Notice.slips(request.connection(), news);
  }

  // The mark is there before people are told, and goes before they are told that it is over: a run
  // that comes between tells nobody, and this one goes on from where it was.
  private static Answer obstructed(Request request, VpnSight vpn, HubNetwork hub) {
    Notice notice = Notice.obstructed(request.connection(), vpn);
    if (!List.of(AdmitAnswer.Outcome.ADMITTED, AdmitAnswer.Outcome.ADMITTED_IN_PART)
        .contains(request.admitted())) {
      return new Answer(Outcome.STILL_OBSTRUCTED, notice);
    }
    hub.ensureTagged(request.peeringId(), Map.of(Tags.OBSTRUCTED, "vpn"));
    return new Answer(Outcome.OBSTRUCTED, notice);
  }

  private static Answer connected(
      Request request, VpnSight vpn, List<Obstacle> obstacles, HubNetwork hub) {
    if (request.admitted() == AdmitAnswer.Outcome.OBSTRUCTED) {
      hub.ensureTagged(request.peeringId(), Map.of(Tags.OBSTRUCTED, ""));
    }
    return new Answer(
        Outcome.CONNECTED,
        Notice.connected(request.connection(), request.vpnInstances(), obstacles, vpn.unpushed()));
  }

  private static void look(
      Complete<RouteTable> tables,
      List<Cidr> destinations,
      PeeringId peering,
      List<String> findings,
      List<String> blackholes) {
    findings.addAll(Verification.routes(tables, destinations, peering));
    blackholes.addAll(Verification.blackholes(tables, destinations, peering));
  }
}
