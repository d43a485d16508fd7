package io.peerway.functions.reconcile;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Leaving;
import io.peerway.functions.Step;
import io.peerway.model.Parties;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.reconcile.Leftovers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what connections that are over have left in a service VPC, now that its account lets
 * us. What that is, it reads anew.
 */
public final class RemoveLeftoversHandler
    extends Step<RemoveLeftoversHandler.Request, RemoveLeftoversHandler.Answer> {

  record Request(AccountId accountId, Region region, VpcId vpcId, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(accountId, "accountId");
      Objects.requireNonNull(region, "region");
      Objects.requireNonNull(vpcId, "vpcId");
    }

    @Override
    public Subject subject() {
      return accountId;
    }
  }

  /**
   * What was done.
   *
   * @param state {@code CLEAN}, or {@code LEFT} where something could not be taken away
   * @param left what that is, in words
   * @param peeringId came meanwhile, and may have met what was in its way, or miss what was opened
   *     for it
   */
  record Answer(
      String state, List<String> changes, List<String> left, @Nullable PeeringId peeringId) {}

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;
  private final ServiceAccounts services;

  public RemoveLeftoversHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private RemoveLeftoversHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts());
  }

  public RemoveLeftoversHandler(
      Settings settings, Function<Subject, HubNetwork> hub, ServiceAccounts services) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
  }

  @Override
  protected Answer run(Request request) {
    VpcId vpc = request.vpcId();
    HubNetwork hubNetwork = hub.apply(request.accountId());
    Vpc hubVpc =
        hubNetwork
            .vpc(settings.hubVpc())
            .orElseThrow(
                () -> new NotYetVisible(settings.hubVpc() + " is not visible in the hub account"));
    List<Peering> before = ours(hubNetwork.livePeerings());
    Network service = services.network(request.accountId(), request.region(), request.accountId());
    Leaving leaving = new Leaving(service);
    leaving.takeAway("its routes", () -> routes(service, vpc, hubVpc, before));
    leaving.takeAway(
        "our security group and openings",
        () -> Leftovers.openings(service.securityGroups(vpc), vpc, hubVpc.id(), before));
    return new Answer(
        leaving.left().isEmpty() ? "CLEAN" : "LEFT",
        leaving.changes(),
        leaving.left().stream().map(Notice.Left::toString).toList(),
        came(before, vpc, hubVpc.id(), hubNetwork).map(Peering::id).orElse(null));
  }

  private static List<Change> routes(Network service, VpcId vpc, Vpc hubVpc, List<Peering> live) {
    Complete<RouteTable> tables = service.routeTables(vpc);
    DeadRoutes dead = DeadRoutes.of(List.of(tables), hubVpc.cidrs(), hubVpc.id(), live);
    return Leftovers.routes(tables, hubVpc.cidrs(), live, dead.whose(service));
  }

  private Optional<Peering> came(
      List<Peering> before, VpcId vpc, VpcId hubVpc, HubNetwork hubNetwork) {
    return Parties.between(vpc, hubVpc, hubNetwork.livePeerings())
        .filter(peering -> peering.status().isAccepted())
        .filter(peering -> before.stream().noneMatch(old -> old.id().equals(peering.id())));
  }

  private List<Peering> ours(Complete<Peering> live) {
    return live.items().stream().filter(peering -> peering.joins(settings.hubVpc())).toList();
  }
}
