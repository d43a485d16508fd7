package io.peerway.functions;

import io.peerway.model.AccountId;
import io.peerway.model.Complete;
import io.peerway.model.Membership;
import io.peerway.model.Network;
import io.peerway.model.Region;
import io.peerway.model.RouteTable;
import io.peerway.model.SecurityGroup;
import io.peerway.model.Subject;
import io.peerway.model.Vpc;
import io.peerway.model.VpcId;
import io.peerway.model.error.Denied;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Unavailable;
import io.peerway.plan.AccountCheck;
import io.peerway.plan.Finding;
import io.peerway.plan.HubSight;
import io.peerway.plan.Inspection;
import io.peerway.plan.ReconcileOrder;
import io.peerway.plan.RegionSight;
import io.peerway.plan.Repair;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one service account and compares it with what it should have. It changes nothing. */
public final class CheckAccountHandler
    extends Step<CheckAccountHandler.Request, CheckAccountHandler.Answer> {

  record Request(
      AccountId accountId, ReconcileOrder order, HubSight hub, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(accountId, "accountId");
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(hub, "hub");
    }

    @Override
    public Subject subject() {
      return accountId;
    }
  }

  /**
   * What was found. The workflow answers in its place where the check itself failed.
   *
   * @param error what it failed of
   */
  record Answer(
      AccountId accountId,
      @Nullable List<Finding> findings,
      @Nullable List<Repair> repairs,
      @Nullable String error) {}

  private final Settings settings;
  private final Sources sources;

  public CheckAccountHandler() {
    this(Sources.of(System.getenv()));
  }

  CheckAccountHandler(Sources sources) {
    super(Request.class);
    this.settings = sources.settings();
    this.sources = sources;
  }

  @Override
  Answer run(Request request) {
    AccountId account = request.accountId();
    AccountCheck check = new AccountCheck(settings, account, request.hub(), request.order());
    Function<Region, Network> networks = sources.services().networks(account, account);
    List<RegionSight> sights =
        check.regions().stream()
            .map(region -> sight(networks.apply(region), region, check))
            .toList();
    Membership membership = membership(account, check, sights);
    Inspection found =
        check
            .check(
                sights,
                membership,
                () -> sources.hub().apply(account).routeTables(settings.hubVpc()))
            .shortened();
    // Nothing at all for most accounts, because the answers of thousands have to fit into one.
    return new Answer(
        account,
        found.findings().isEmpty() ? null : found.findings(),
        found.repairs().isEmpty() ? null : found.repairs(),
        null);
  }

  private Membership membership(AccountId account, AccountCheck check, List<RegionSight> sights) {
    return switch (check.question(sights)) {
      case NOTHING -> check.presumed();
      case UNITS -> check.presumed(sources.organization().units(account, account));
      case MEMBERSHIP -> sources.membership(account, account);
    };
  }

  // One Region that is not enabled, or an account without our role, must not stop the others. (To
  // be throttled passes: the workflow asks again.)
  private static RegionSight sight(Network network, Region region, AccountCheck check) {
    try {
      return seen(network, region, check);
    } catch (Denied | RefusedByAws | Unavailable e) {
      return new RegionSight.Unknown(region, String.valueOf(e.getMessage()));
    }
  }

  private static RegionSight seen(Network network, Region region, AccountCheck check) {
    Set<VpcId> peered = check.peered(region);
    Map<VpcId, Complete<RouteTable>> tables =
        peered.isEmpty() ? Map.of() : network.routeTablesOf(peered);
    Map<VpcId, Complete<SecurityGroup>> groups =
        peered.isEmpty() ? Map.of() : network.securityGroupsOf(peered);
    Optional<Complete<Vpc>> vpcs =
        check.needsVpcs(region, tables) ? Optional.of(network.vpcs()) : Optional.empty();
    return new RegionSight.Seen(region, vpcs, tables, groups);
  }
}
