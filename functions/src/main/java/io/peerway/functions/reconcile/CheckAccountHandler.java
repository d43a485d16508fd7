package io.peerway.functions.reconcile;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.HUB_EVENTS;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.EventRecords;
import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.reconcile.CheckAccount;
import io.peerway.plan.reconcile.CheckAnswer;
import io.peerway.plan.report.Doers;
import io.peerway.plan.sight.HubSight;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link CheckAccount} look at each of these accounts. */
public final class CheckAccountHandler extends Step<CheckAccountHandler.Request, CheckAnswer> {

  /**
   * What is checked.
   *
   * @param again whether AWS has refused something there before
   */
  record Request(
      List<AccountId> accounts,
      ReconcileOrder order,
      HubSight hub,
      boolean again,
      @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(accounts, "accounts");
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(hub, "hub");
    }

    @Override
    public Subject subject() {
      return accounts.size() == 1 ? accounts.getFirst() : new AllConnections();
    }
  }

  public CheckAccountHandler() {
    this(OnLambda.aws(SETTINGS, HUB, HUB_EVENTS, SERVICES, ORGANIZATION));
  }

  public CheckAccountHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected CheckAnswer run(Request request) {
    return CheckAnswer.of(
        request.accounts().stream()
            .map(account -> check(account, request).found())
            .reduce(Inspection.NOTHING, Inspection::and));
  }

  private CheckAccount check(AccountId account, Request request) {
    return new CheckAccount(
        aws,
        account,
        request.order(),
        request.hub(),
        request.again(),
        session -> new Doers(new EventRecords(side -> history(side, session, account), aws.log())));
  }

  // What is missing at the hub was taken away there.
  private EventHistory history(VpcSide side, ServiceAccounts.Session session, AccountId account) {
    return side.vpc().equals(aws.settings().hubVpc())
        ? aws.hubEvents().apply(account)
        : session.events(side.region());
  }
}
