package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.AccountId;
import io.peerway.model.Complete;
import io.peerway.model.Membership;
import io.peerway.model.Network;
import io.peerway.model.Organization;
import io.peerway.model.Peering;
import io.peerway.model.Region;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.Vpc;
import io.peerway.model.VpcId;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.plan.AccountAction;
import io.peerway.plan.AccountPlan;
import io.peerway.plan.AccountView;
import io.peerway.plan.Eligibility;
import io.peerway.plan.Notice;
import io.peerway.plan.RoleWait;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
   * @param changed a VPC whose connection has to be gone through again
   * @param attempt how often its role could not be assumed yet
   */
  record Request(
      AccountId accountId, @Nullable VpcId changed, int attempt, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(accountId, "accountId");
    }

    @Override
    public Subject subject() {
      return accountId;
    }
  }

  /**
   * What the workflow goes on with.
   *
   * @param state {@code READY}, {@code WAIT} (the role is not there yet) or {@code GAVE_UP}
   * @param waitSeconds when to look again
   */
  record Answer(
      String state, int attempt, int waitSeconds, List<Todo> todo, @Nullable Notice notice) {}

  private final Settings settings;
  private final Function<Subject, Network> hub;
  private final ServiceAccounts services;
  private final Organization organization;

  public SurveyAccountHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private SurveyAccountHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts(), aws.organization());
  }

  SurveyAccountHandler(
      Settings settings,
      Function<Subject, Network> hub,
      ServiceAccounts services,
      Organization organization) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
    this.organization = organization;
  }

  @Override
  Answer run(Request request) {
    AccountId account = request.accountId();
    Membership membership =
        organization.membership(account, !settings.allowedUnits().isEmpty(), account);
    Network network = hub.apply(account);
    Complete<Peering> live = network.livePeerings();
    Vpc hubVpc =
        network
            .vpc(settings.hubVpc())
            .orElseThrow(
                () -> new NotYetVisible(settings.hubVpc() + " is not visible in the hub account"));
    AccountPlan plan = new AccountPlan(settings, account, membership, hubVpc, live);
    Optional<String> objection = Eligibility.objection(account, membership, settings);
    if (objection.isPresent() && !mayBeEntered(membership)) {
      return ready(account, plan.planUnseen(objection.get()));
    }
    try {
      return ready(account, plan.plan(view(account), Optional.ofNullable(request.changed())));
    } catch (Denied e) {
      return objection.isPresent()
          ? ready(account, plan.planUnseen(objection.get()))
          : later(request, plan.planUnseen(String.valueOf(e.getMessage())));
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
    Function<Region, Network> networks = services.networks(account, account);
    return AccountView.of(settings.regions(), region -> networks.apply(region).vpcs());
  }

  private static Answer ready(AccountId account, List<AccountAction> actions) {
    LOG.info("{}: {}", account, actions);
    List<Todo> todo = actions.stream().flatMap(action -> Todo.of(action).stream()).toList();
    return new Answer("READY", 0, 0, todo, Notice.refusals(account, actions).orElse(null));
  }

  // The stack of a new account is deployed some minutes after its creation.
  private static Answer later(Request request, List<AccountAction> actions) {
    if (!actions.isEmpty()) {
      return ready(request.accountId(), actions);
    }
    Optional<Integer> wait = RoleWait.seconds(request.attempt());
    return wait.isPresent()
        ? new Answer("WAIT", request.attempt() + 1, wait.get(), List.of(), null)
        : new Answer(
            "GAVE_UP", request.attempt(), 0, List.of(), Notice.noRole(request.accountId()));
  }
}
