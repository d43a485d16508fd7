package io.peerway.functions.reconcile;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Obstructions;
import io.peerway.functions.Sources;
import io.peerway.functions.Step;
import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.AclSight;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Repair;
import io.peerway.plan.findings.Unread;
import io.peerway.plan.reconcile.AccountCheck;
import io.peerway.plan.reconcile.AccountReads;
import io.peerway.plan.reconcile.HubSight;
import io.peerway.plan.reconcile.Leftovers;
import io.peerway.plan.reconcile.RegionSight;
import io.peerway.plan.report.Doers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads service accounts and compares each with what it should have. It changes nothing. */
public final class CheckAccountHandler
    extends Step<CheckAccountHandler.Request, CheckAccountHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(CheckAccountHandler.class);

  /**
   * What is checked.
   *
   * @param again whether AWS has refused something there before: if it does so again, that is a
   *     failure
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

  /**
   * What was found, where anything was: the answers about thousands of accounts have to fit into
   * one execution. The workflow answers in its place where the check itself failed.
   *
   * @param refused those of which AWS refused something, for no reason of their owner's
   * @param accounts those whose check failed
   * @param error what it failed of
   */
  record Answer(
      @Nullable List<Finding> findings,
      @Nullable List<Repair> repairs,
      @Nullable List<Unread> unread,
      @Nullable List<AccountId> refused,
      @Nullable List<AccountId> accounts,
      @Nullable String error) {
    static Answer of(Inspection found) {
      return new Answer(
          orNull(found.findings()),
          orNull(found.repairs()),
          orNull(found.unread()),
          orNull(found.refused()),
          null,
          null);
    }

    private static <T> @Nullable List<T> orNull(List<T> list) {
      return list.isEmpty() ? null : list;
    }
  }

  private final Settings settings;
  private final Sources sources;
  private final Function<Subject, EventHistory> hubEvents;

  public CheckAccountHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private CheckAccountHandler(Settings settings, AwsClients aws) {
    this(Sources.of(settings, aws), aws.hubEvents());
  }

  public CheckAccountHandler(Sources sources, Function<Subject, EventHistory> hubEvents) {
    super(Request.class);
    this.settings = sources.settings();
    this.sources = sources;
    this.hubEvents = hubEvents;
  }

  @Override
  protected Answer run(Request request) {
    return Answer.of(
        request.accounts().stream()
            .map(account -> checked(account, request))
            .reduce(Inspection.NOTHING, Inspection::and));
  }

  // Of several accounts none is connected, and what cannot be had about one does not stop the
  // others. To be throttled passes, and stops all: the workflow asks again. What AWS refuses for no
  // reason of the owner's says nothing about the account: nothing is taken for unknown by that.
  private Inspection checked(AccountId account, Request request) {
    AccountReads reads = new AccountReads(settings, account, request.hub(), request.order());
    try {
      return checked(account, reads, request).shortened(request.hub().peerings().size());
    } catch (RefusedByAws e) {
      if (request.again()) {
        throw e;
      }
      LOG.info("{} is checked again when the others are repaired: {}", account, e.getMessage());
      return Inspection.refused(account);
    } catch (Denied | NotYetOpen | Unavailable e) {
      if (reads.isConnected()) {
        throw e;
      }
      return Inspection.unread(List.of(account), e.getClass().getSimpleName());
    }
  }

  private Inspection checked(AccountId account, AccountReads reads, Request request) {
    ServiceAccounts.Session session = sources.services().session(account, account);
    List<RegionSight> sights =
        reads.regions().stream()
            .map(region -> sight(session.network(region), region, account, request.hub(), reads))
            .toList();
    Inspection found =
        new AccountCheck(settings, account, request.hub(), request.order())
            .check(
                sights,
                membership(account, reads, sights),
                () -> sources.hub().apply(account).routeTables(settings.hubVpc()));
    return new Doers(new EventRecords(side -> history(side, session, account)))
        .named(found, request.hub().peerings());
  }

  // What is missing at the hub was taken away there.
  private EventHistory history(VpcSide side, ServiceAccounts.Session session, AccountId account) {
    return side.vpc().equals(settings.hubVpc())
        ? hubEvents.apply(account)
        : session.events(side.region());
  }

  private Membership membership(AccountId account, AccountReads reads, List<RegionSight> sights) {
    return switch (reads.question(sights)) {
      case NOTHING -> reads.presumed();
      case UNITS -> reads.presumed(sources.organization().units(account, account));
      case MEMBERSHIP -> sources.membership(account, account);
    };
  }

  // One Region that is not enabled, or an account without our role, must not stop the others; nor
  // must a Region that does not answer, whose outage may last longer than anybody tries again. (To
  // be throttled passes: the workflow asks again.)
  private static RegionSight sight(
      Network network, Region region, AccountId account, HubSight hub, AccountReads reads) {
    try {
      return seen(network, region, account, hub, reads);
    } catch (Denied | NotYetOpen | Unavailable e) {
      return RegionSight.Unknown.of(region, e);
    }
  }

  private static RegionSight seen(
      Network network, Region region, AccountId account, HubSight hub, AccountReads reads) {
    return reads.looksAtAllVpcs()
        ? withAllVpcs(network, region, account, hub, reads)
        : withPeeredVpcs(network, region, hub, reads);
  }

  private static RegionSight withAllVpcs(
      Network network, Region region, AccountId account, HubSight hub, AccountReads reads) {
    Set<VpcId> peered = reads.peered(region);
    Complete<Vpc> vpcs = network.vpcs();
    // Those of others, whose subnets are shared with it, are looked at in their own accounts.
    boolean none = vpcs.items().stream().noneMatch(vpc -> vpc.owner().equals(account));
    Map<VpcId, Complete<RouteTable>> tables = none ? Map.of() : network.routeTables();
    Map<VpcId, Complete<SecurityGroup>> groups = none ? Map.of() : network.securityGroups();
    // What may be in the way of a connection is asked for where there is one.
    Map<VpcId, AclSight> acls = Obstructions.acls(network, peered);
    List<Complete<RouteTable>> connected =
        peered.stream().filter(tables::containsKey).map(tables::get).toList();
    Map<PrefixListId, PrefixListSight> lists = Obstructions.lists(network, connected);
    return new RegionSight.Seen(
        region, Optional.of(vpcs), tables, groups, acls, lists, whose(network, tables, hub));
  }

  private static RegionSight withPeeredVpcs(
      Network network, Region region, HubSight hub, AccountReads reads) {
    Set<VpcId> peered = reads.peered(region);
    Map<VpcId, Complete<RouteTable>> tables =
        peered.isEmpty() ? Map.of() : network.routeTablesOf(peered);
    Map<VpcId, Complete<SecurityGroup>> groups =
        peered.isEmpty() ? Map.of() : network.securityGroupsOf(peered);
    Map<VpcId, AclSight> acls = Obstructions.acls(network, peered);
    Map<PrefixListId, PrefixListSight> lists = Obstructions.lists(network, tables.values());
    Optional<Complete<Vpc>> vpcs =
        reads.needsVpcs(region, tables) ? Optional.of(network.vpcs()) : Optional.empty();
    return new RegionSight.Seen(
        region, vpcs, tables, groups, acls, lists, whose(network, tables, hub));
  }

  private static Map<PeeringId, Leftovers.Whose> whose(
      Network network, Map<VpcId, Complete<RouteTable>> tables, HubSight hub) {
    DeadRoutes dead =
        DeadRoutes.of(tables.values(), hub.vpc().cidrs(), hub.vpc().id(), hub.peerings());
    try {
      return dead.whose(network);
    } catch (Denied e) {
      return dead.unknown();
    }
  }
}
