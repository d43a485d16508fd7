package io.peerway.workflows;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Functions;
import io.peerway.functions.Invoked;
import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.Membership;
import io.peerway.model.Mending;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plays a life: its facts change a small AWS, their events reach the real triggers, and what those
 * start runs side by side, the real definitions with the real handlers, until nothing is left to
 * do.
 */
final class Play implements Workflows, EventQueue {

  private record Running(Stage.Actor actor, Workflow workflow, String name, String input) {}

  static final String UNIT = "ou-abcd-11111111";

  private static final Map<Workflow, JsonNode> DEFINITIONS = new HashMap<>();

  final World world = World.sample();
  final Stage stage = new Stage();
  final InForce vpn =
      new InForce(stage, Samples.settings().clientPool(), List.of(Demand.OTHERS.destination()));
  final Demand demand = new Demand();

  private final FakeOrganization organization = FakeOrganization.sample(world.transcript());
  private final AtomicLong time =
      new AtomicLong(Instant.parse("2026-11-23T08:00:00Z").toEpochMilli());
  private final Clock clock;
  private final Map<String, RequestStreamHandler> functions;
  private final Deque<Life.Happening> happenings;
  private final Deque<Life.Turn> turns;
  private final List<String> undelivered = new ArrayList<>();
  private final Map<String, Begun> names = new HashMap<>();
  private final List<Running> started = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private Stage.@Nullable Actor last;
  private int sinceTurn;
  private int events;
  private int tables;

  Play(Life life, Settings settings) {
    happenings = new ArrayDeque<>(life.happenings());
    turns = new ArrayDeque<>(life.turns());
    clock =
        InstantSource.offset(() -> Instant.ofEpochMilli(time.incrementAndGet()), Duration.ZERO)
            .withZone(ZoneOffset.UTC);
    functions = Functions.of(settings, world, organization, vpn, clock);
    world.transcript().beforeEachCall(stage::pause);
    world.put(Samples.request(PeeringStatus.DELETED));
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.200.0.0/16"));
    world.route(Samples.HUB_VPC, Demand.OTHERS);
    world.route(Samples.HUB_VPC, Demand.FOREIGN);
    world.route(Samples.SERVICE_VPC, Demand.FOREIGN);
    vpc();
    member();
    demand.begins(world);
  }

  /** To the end of everything. */
  Play play() {
    toTheEnd();
    if (vpn.hasFailed()) {
      lookedAtAgain();
    }
    stage.all().forEach(Play::checked);
    return this;
  }

  private void toTheEnd() {
    for (List<Runnable> moves = moves(); !moves.isEmpty(); moves = moves()) {
      if (trace.size() > 5000) {
        throw new AssertionError("does not come to an end");
      }
      moves.get(chosen(moves.size())).run();
    }
  }

  /**
   * The VPN instance is well again, and what failed is not redriven: a connection that has to end
   * is found by a look at the account. Only what no look at the account finds is started once more:
   * the end of what has no live peering connection, what lacks nothing but NAT, and what is
   * pending.
   */
  private void lookedAtAgain() {
    trace.add("(looked at again)");
    vpn.isMended();
    List<Running> failed =
        started.stream().filter(begun -> begun.actor().failure() != null).toList();
    failed.stream().filter(this::endsWhatIsOver).forEach(this::again);
    toTheEnd();
    failed.stream().filter(begun -> begun.workflow() == Workflow.CONNECT).forEach(this::again);
    toTheEnd();
    startLookAtAccount(AccountLook.at(Samples.SERVICE_ACCOUNT), "look");
    toTheEnd();
    live()
        .filter(peering -> peering.status().isPending())
        .ifPresent(peering -> startConnect(peering.id(), peering.id() + "-scan"));
    toTheEnd();
  }

  private boolean endsWhatIsOver(Running begun) {
    return begun.workflow() == Workflow.DISCONNECT
        && world.peerings().stream()
            .filter(peering -> begun.name().startsWith(peering.id().value()))
            .noneMatch(Demand::isLive);
  }

  private void again(Running begun) {
    start(begun.workflow(), begun.name() + "-again", begun.input());
  }

  /** What has happened, line by line. */
  String trace() {
    return String.join("\n", trace);
  }

  // A failure with a name is told to people. Anything else is a mistake of ours.
  private static void checked(Stage.Actor actor) {
    Throwable failure = actor.failure();
    if (failure != null && !(failure instanceof PeerwayException)) {
      throw new AssertionError(actor.name(), failure);
    }
  }

  private int chosen(int moves) {
    Life.Turn turn = turns.peek();
    if (turn == null || sinceTurn++ < turn.after()) {
      return 0;
    }
    turns.remove();
    sinceTurn = 0;
    return turn.choice() % moves;
  }

  // First whatever would go on if one thing were done after the other.
  private List<Runnable> moves() {
    List<Runnable> moves = new ArrayList<>();
    List<Stage.Actor> acting = new ArrayList<>(stage.acting());
    if (last != null && acting.remove(last)) {
      acting.add(0, last);
    }
    acting.stream()
        .filter(actor -> !actor.isWaiting())
        .forEach(actor -> moves.add(() -> goOn(actor)));
    stage.acting().stream()
        .filter(Stage.Actor::isWaiting)
        .forEach(actor -> moves.add(() -> goOn(actor)));
    undelivered.forEach(event -> moves.add(() -> deliver(event)));
    if (!happenings.isEmpty()) {
      moves.add(this::happen);
    }
    return moves;
  }

  private void goOn(Stage.Actor actor) {
    last = actor;
    int before = world.transcript().lines().size();
    actor.goOn();
    List<String> lines = world.transcript().lines();
    lines
        .subList(before, lines.size())
        .forEach(line -> trace.add("    " + actor.name() + " " + line));
    Throwable failure = actor.failure();
    if (failure != null) {
      trace.add("    " + actor.name() + " failed: " + failure);
    }
  }

  private void deliver(String event) {
    undelivered.remove(event);
    trace.add("  delivered: " + event.replaceAll("(?s).*'eventName': '(\\w+)'.*", "$1"));
    Functions.deliver(event, world, this, this, clock);
  }

  @Override
  public void putBack(Subject onBehalfOf, String message, Duration after) {
    undelivered.add(message);
    // By the time that it comes again, it may go.
    time.addAndGet(after.toMillis());
  }

  @Override
  public void putAside(String message, String reason) {
    throw new AssertionError(reason + ": " + message);
  }

  // ---- executions ------------------------------------------------------------------------------

  @Override
  public boolean startConnect(PeeringId peering, String name) {
    return start(Workflow.CONNECT, name, "{'peeringId': '" + peering + "'}");
  }

  @Override
  public boolean startMending(PeeringId peering, Mending mends, String name) {
    throw new AssertionError("no life takes anything of ours away");
  }

  @Override
  public boolean startDisconnect(PeeringId peering, String name) {
    return start(Workflow.DISCONNECT, name, "{'peeringId': '" + peering + "'}");
  }

  @Override
  public boolean startReconcile(String executionName, Duration after) {
    throw new AssertionError("no life changes the hub");
  }

  @Override
  public boolean startReconcile(String executionName, PeeringId only, boolean repair) {
    throw new AssertionError("nobody looks at the dashboard");
  }

  @Override
  public boolean startLookAtAccount(AccountLook look, String name) {
    return start(Workflow.LOOK_AT_ACCOUNT, name, look.json());
  }

  @Override
  public Optional<Begun> begun(Errand errand, String name) {
    Workflow workflow =
        switch (errand) {
          case Errand.Connect connect -> Workflow.CONNECT;
          case Errand.Disconnect disconnect -> Workflow.DISCONNECT;
          case Errand.Look look -> Workflow.LOOK_AT_ACCOUNT;
          case Errand.Reconcile reconcile -> throw new AssertionError("no life changes the hub");
        };
    return Optional.ofNullable(names.get(workflow + " " + name))
        .map(begun -> new Begun(begun.at(), begun.input().replace('\'', '"')));
  }

  private boolean start(JsonNode asked) {
    String machine = asked.get("StateMachineArn").asText();
    for (Workflow workflow : Workflow.values()) {
      if (machine.equals("${" + workflow.logicalId() + "}")) {
        return start(workflow, asked.get("Name").asText(), asked.get("Input").toString());
      }
    }
    throw new AssertionError("no workflow " + machine);
  }

  private boolean start(Workflow workflow, String name, String input) {
    if (names.putIfAbsent(workflow + " " + name, new Begun(Instant.ofEpochMilli(time.get()), input))
        != null) {
      return false;
    }
    JsonNode machine = DEFINITIONS.computeIfAbsent(workflow, w -> w.definition().machine());
    Execution execution =
        new Execution(machine, functions, this::timePasses, Invoked.json(input), name, this::start);
    String actor = workflow.name().toLowerCase(Locale.ROOT) + stage.all().size();
    trace.add("    " + actor + " is " + workflow + " " + name);
    started.add(new Running(stage.enter(actor, execution::run), workflow, name, input));
    return true;
  }

  private void timePasses() {
    stage.await();
    world.settle();
  }

  // ---- what people do --------------------------------------------------------------------------

  private void happen() {
    Life.Happening next = happenings.remove();
    Optional<String> event = done(next.fact());
    trace.add(next.fact() + (event.isPresent() ? "" : " (not possible now)"));
    event.ifPresent(told -> undelivered.addAll(Collections.nCopies(next.deliveries(), told)));
  }

  private Optional<String> done(Fact fact) {
    return demand.allows(fact) ? event(fact) : Optional.empty();
  }

  /** Does it, and says what AWS tells of it; nothing where it is not possible. */
  private Optional<String> event(Fact fact) {
    return switch (fact) {
      case TAG_ON -> tagged("CreateTags");
      case TAG_OFF -> tagged("DeleteTags");
      case ASK -> asked(Samples.SERVICE_ACCOUNT, service(), Samples.SERVICE_VPC, Samples.hubSide());
      case ASK_BY_HUB -> asked(Samples.HUB_ACCOUNT, hub(), Samples.HUB_VPC, Samples.serviceSide());
      case ACCEPT -> live().filter(Play::awaitsTheHub).map(this::accepted);
      case CIDR_ON, CIDR_OFF -> {
        vpc();
        yield Optional.of(
            ofService(
                fact == Fact.CIDR_ON ? "AssociateVpcCidrBlock" : "DisassociateVpcCidrBlock", "{}"));
      }
      case NEW_ROUTE_TABLE -> {
        RouteTableId id = new RouteTableId("rtb-2%07d".formatted(++tables));
        world.put(new RouteTable(id, Samples.SERVICE_VPC, List.of(), Map.of()));
        demand.newTable(id);
        yield Optional.of(
            ofService("CreateRouteTable", "{'vpcId': '" + Samples.SERVICE_VPC + "'}"));
      }
      case DELETE_BY_SERVICE ->
          live()
              .filter(p -> p.status().isAccepted() || awaitsTheHub(p))
              .map(Peering::id)
              .map(
                  id -> {
                    world.endByOwner(Samples.SERVICE_ACCOUNT, id);
                    return deleted(Samples.SERVICE_ACCOUNT, id);
                  });
      case DELETE_BY_HUB ->
          live()
              .filter(p -> p.status().isAccepted() || !awaitsTheHub(p))
              .map(Peering::id)
              .map(
                  id -> {
                    hub().ensureDeleted(id);
                    return deleted(Samples.HUB_ACCOUNT, id);
                  });
      case DELETE_VPC -> {
        // Its peering connection goes with it, and no event says so (VPC peering guide, "Delete a
        // VPC peering connection").
        live()
            .filter(p -> p.status().isAccepted() || awaitsTheHub(p))
            .ifPresent(p -> world.endByOwner(Samples.SERVICE_ACCOUNT, p.id()));
        world.remove(Samples.SERVICE_VPC);
        yield Optional.of(ofService("DeleteVpc", "{'vpcId': '" + Samples.SERVICE_VPC + "'}"));
      }
      case MOVE_OUT, MOVE_IN -> {
        member();
        yield Optional.of(
            organizations(
                "'MoveAccount', 'requestParameters': {'accountId': '"
                    + Samples.SERVICE_ACCOUNT
                    + "'}"));
      }
      case CLOSE_ACCOUNT -> {
        member();
        world.close(Samples.SERVICE_ACCOUNT);
        yield Optional.of(
            organizations(
                "'CloseAccountResult', 'serviceEventDetails': {'closeAccountStatus': {'accountId':"
                    + " '"
                    + Samples.SERVICE_ACCOUNT
                    + "', 'state': 'SUCCEEDED'}}"));
      }
      case VPN_BREAKS -> {
        vpn.breaks();
        yield Optional.empty();
      }
      case VPN_IS_MENDED -> {
        vpn.isMended();
        yield Optional.empty();
      }
      case REFUSE -> live().map(peering -> decided(peering, "refuse"));
      case APPROVE -> live().map(peering -> decided(peering, "approve"));
    };
  }

  private Optional<String> tagged(String call) {
    vpc();
    return Optional.of(
        ofService(
            call,
            "{'resourcesSet': {'items': [{'resourceId': '"
                + Samples.SERVICE_VPC
                + "'}]}, 'tagSet': {'items': [{'key': '"
                + Tags.CONNECT
                + "'}]}}"));
  }

  private Optional<String> asked(AccountId account, Network network, VpcId own, VpcSide other) {
    boolean there = live().isPresent();
    PeeringId id = network.ensureRequested(own, other);
    demand.asked(id, there);
    return Optional.of(
        ec2(
            account,
            "CreateVpcPeeringConnection",
            "{}",
            "{'vpcPeeringConnection': {'vpcPeeringConnectionId': '" + id + "'}}"));
  }

  private String accepted(Peering peering) {
    hub().ensureAccepted(peering.id());
    demand.accepted(peering.id());
    return ofPeering(Samples.HUB_ACCOUNT, "AcceptVpcPeeringConnection", peering.id());
  }

  private String deleted(AccountId account, PeeringId id) {
    demand.deleted(id);
    return ofPeering(account, "DeleteVpcPeeringConnection", id);
  }

  private String decided(Peering peering, String decision) {
    world.put(Samples.tagged(peering, Tags.DECISION, decision));
    demand.decided(peering.id(), decision);
    return ec2(
        Samples.HUB_ACCOUNT,
        "CreateTags",
        "{'resourcesSet': {'items': [{'resourceId': '"
            + peering.id()
            + "'}]}, 'tagSet': {'items': [{'key': '"
            + Tags.DECISION
            + "'}]}}",
        "{}");
  }

  // ---- the AWS of it ---------------------------------------------------------------------------

  private HubNetwork hub() {
    return world.hub().apply(Samples.PEERING);
  }

  private Network service() {
    return world
        .serviceAccounts()
        .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
  }

  private static boolean awaitsTheHub(Peering peering) {
    return peering.status().isPending() && peering.accepter().vpc().equals(Samples.HUB_VPC);
  }

  /** Between the two VPCs, of which EC2 allows one. */
  private Optional<Peering> live() {
    return world.peerings().stream()
        .filter(Demand::joinsService)
        .filter(Demand::isLive)
        .findFirst();
  }

  private void vpc() {
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            demand.cidrs(),
            demand.tagged() ? Map.of(Tags.CONNECT, "true") : Map.of()));
  }

  private void member() {
    organization.put(
        Samples.SERVICE_ACCOUNT,
        new Membership.Member(
            Samples.ORGANIZATION,
            !demand.closed(),
            List.of(demand.inUnit() ? UNIT : "ou-abcd-99999999", "r-abcd")));
  }

  private String ofService(String call, String parameters) {
    return ec2(Samples.SERVICE_ACCOUNT, call, parameters, "{}");
  }

  private String ofPeering(AccountId account, String call, PeeringId id) {
    return ec2(account, call, "{'vpcPeeringConnectionId': '" + id + "'}", "{}");
  }

  private String ec2(AccountId account, String call, String parameters, String response) {
    return event(
        "aws.ec2",
        account,
        "'%s', 'requestParameters': %s, 'responseElements': %s"
            .formatted(call, parameters, response));
  }

  private String organizations(String detail) {
    return event("aws.organizations", Samples.HUB_ACCOUNT, detail);
  }

  private String event(String source, AccountId account, String detail) {
    return ("{'version': '0', 'id': 'event-%d', 'source': '%s', 'account': '%s',"
            + " 'detail-type': 'AWS API Call via CloudTrail', 'time': '2026-11-23T08:00:00Z',"
            + " 'region': 'eu-west-1', 'resources': [], 'detail': {'eventName': %s}}")
        .formatted(++events, source, account, detail);
  }
}
