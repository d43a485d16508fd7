package io.peerway.functions.account;

import io.peerway.functions.Sources;
import io.peerway.functions.Step;
import io.peerway.functions.Todo;
import io.peerway.model.AccountLook;
import io.peerway.model.Membership;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountAction;
import io.peerway.plan.account.AccountNotice;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.account.AccountView;
import io.peerway.plan.account.RoleWait;
import io.peerway.plan.admission.Waiting;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.reconcile.ChangesInside;
import io.peerway.plan.reconcile.HubSight;
import io.peerway.plan.reconcile.RegionSight;
import io.peerway.plan.rules.Eligibility;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an account has and wants, and says what is to be done for it. It changes nothing
 * itself.
 */
public final class SurveyAccountHandler
    extends Step<SurveyAccountHandler.Request, SurveyAccountHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(SurveyAccountHandler.class);

  /**
   * Which account to look at.
   *
   * @param attempt how often its role could not be assumed yet
   */
  public record Request(AccountLook look, int attempt, @Nullable String execution)
      implements Step.Input {
    public Request {
      Objects.requireNonNull(look, "look");
    }

    @Override
    public Subject subject() {
      return look.accountId();
    }
  }

  /**
   * What the workflow goes on with.
   *
   * @param waitSeconds when to look again
   */
  record Answer(
      State state, int attempt, int waitSeconds, List<Todo> todo, @Nullable Notice notice) {}

  /** What the workflow branches on. */
  enum State {
    READY,
    /** The role is not there yet. */
    WAIT,
    GAVE_UP
  }

  private final Settings settings;
  private final Sources sources;
  private final Clock clock;

  public SurveyAccountHandler() {
    this(Sources.of(System.getenv()));
  }

  public SurveyAccountHandler(Sources sources) {
    this(sources, Clock.systemUTC());
  }

  public SurveyAccountHandler(Sources sources, Clock clock) {
    super(Request.class);
    this.clock = clock;
    this.settings = sources.settings();
    this.sources = sources;
  }

  @Override
  protected Answer run(Request request) {
    AccountId account = request.look().accountId();
    Membership membership = sources.membership(account, account);
    HubNetwork network = sources.hub().apply(account);
    Complete<Peering> live = network.livePeerings();
    Vpc hubVpc =
        network
            .vpc(settings.hubVpc())
            .orElseThrow(
                () -> new NotYetVisible(settings.hubVpc() + " is not visible in the hub account"));
    AccountPlan plan = new AccountPlan(settings, account, membership, hubVpc, live);
    Optional<String> objection = Eligibility.objection(account, membership, settings);
    AccountLook look = request.look();
    List<AccountAction> actions = new ArrayList<>();
    if (!look.deleted().isEmpty()) {
      actions.addAll(plan.afterTheEndOf(look::sawTheEndOf, network.endedAdmitted()));
    }
    if (objection.isPresent() && !mayBeEntered(membership)) {
      actions.addAll(plan.planUnseen(objection.get()));
      return ready(request, actions, membership);
    }
    AccountView view;
    try {
      view = view(account);
    } catch (Denied | NotYetOpen e) {
      actions.addAll(plan.planUnseen(objection.orElse(String.valueOf(e.getMessage()))));
      return objection.isPresent() || !actions.isEmpty()
          ? ready(request, actions, membership)
          : later(request, e);
    }
    if (RoleWait.mayOpenYet(look, view, request.attempt())) {
      return later(request, RoleWait.next(look, request.attempt()));
    }
    actions.addAll(plan.plan(view));
    actions.addAll(plan.absent(view, look.tagged()));
    waitFor(plan.inTheWay(view), account, network);
    new HeldUpDeletions(settings, look, sources.services().networks(account, account))
        .letGo(view, live, network, actions);
    if (ChangesInside.concern(look) && objection.isEmpty()) {
      HubSight sight =
          new HubSight(
              hubVpc, VpnInstance.addresses(network.vpnInstances(hubVpc.id())), live.items());
      actions.addAll(changes(look, sight, membership, view, actions));
    }
    return ready(request, actions, membership);
  }

  private static void waitFor(List<Peering> inTheWay, AccountId account, HubNetwork hub) {
    for (Peering peering : inTheWay) {
      Waiting.note(peering, account)
          .ifPresent(accounts -> hub.ensureTagged(peering.id(), Map.of(Tags.WANTED_BY, accounts)));
    }
  }

  // What is gone through anyway needs no other reason.
  private List<AccountAction> changes(
      AccountLook look,
      HubSight hub,
      Membership membership,
      AccountView view,
      List<AccountAction> before) {
    Set<PeeringId> busy =
        before.stream().flatMap(action -> action.at().stream()).collect(Collectors.toSet());
    ChangesInside changes = new ChangesInside(settings, look, hub, busy, clock.instant());
    Function<Region, Network> networks =
        sources.services().networks(look.accountId(), look.accountId());
    List<RegionSight> sights =
        changes.regions().stream()
            .map(region -> inside(networks.apply(region), region, changes.vpcs(region), view))
            .toList();
    return changes.actions(sights, membership);
  }

  private static RegionSight inside(
      Network network, Region region, Set<VpcId> vpcs, AccountView view) {
    try {
      return new RegionSight.Seen(
          region,
          Optional.of(
              new Complete<>(
                  view.vpcs().items().stream()
                      .filter(seen -> seen.region().equals(region))
                      .map(RegionalVpc::vpc)
                      .toList())),
          network.routeTablesOf(vpcs),
          network.securityGroupsOf(vpcs));
    } catch (Denied | NotYetOpen e) {
      return RegionSight.Unknown.of(region, e);
    }
  }

  // Of an account that lies in another unit, the tagged VPCs are read all the same: their people
  // are told why nothing comes of the tag. A stranger's or a closed account has no role for us.
  private boolean mayBeEntered(Membership membership) {
    return membership instanceof Membership.Member member
        && member.active()
        && member.organization().equals(settings.organizationId());
  }

  private AccountView view(AccountId account) {
    Function<Region, Network> networks = sources.services().networks(account, account);
    return AccountView.of(settings.regions(), region -> networks.apply(region).vpcs());
  }

  private Answer ready(Request request, List<AccountAction> actions, Membership membership) {
    AccountLook look = request.look();
    AccountId account = look.accountId();
    Optional<String> objection = Eligibility.objection(account, membership, settings);
    LOG.info("{}: {}{}", account, actions, objection.map(reason -> ", " + reason).orElse(""));
    List<Todo> todo = Todo.of(actions);
    // Of an account that comes and is connected to nothing, people hear once why.
    Optional<Notice> arrival =
        Eligibility.objectionOnArrival(account, membership, settings)
            .filter(reason -> look.arrived() && actions.isEmpty())
            .map(reason -> AccountNotice.mayNotConnect(account, reason));
    return new Answer(
        State.READY,
        0,
        0,
        todo,
        AccountNotice.refusals(look, actions).or(() -> arrival).orElse(null));
  }

  private static Answer later(Request request, PeerwayException why) {
    return later(
        request,
        why instanceof NotYetOpen closed
            ? RoleWait.next(request.look(), request.attempt(), closed)
            : RoleWait.next(request.look(), request.attempt()));
  }

  private static Answer later(Request request, RoleWait.Next next) {
    return switch (next) {
      case RoleWait.Next.LookAgain(int seconds) ->
          new Answer(State.WAIT, request.attempt() + 1, seconds, List.of(), null);
      case RoleWait.Next.Tell(Notice notice) ->
          new Answer(State.GAVE_UP, request.attempt(), 0, List.of(), notice);
      case RoleWait.Next.Leave() -> {
        LOG.warn("{} has lost its role; reconcile lists it", request.look().accountId());
        yield new Answer(State.READY, request.attempt(), 0, List.of(), null);
      }
    };
  }
}
