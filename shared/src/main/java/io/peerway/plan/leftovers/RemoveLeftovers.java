package io.peerway.plan.leftovers;

import io.peerway.model.Parties;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.disconnect.Leaving;
import java.util.List;
import java.util.Optional;

/**
 * Takes away what connections that are over have left in a service VPC, now that its account lets
 * us. What that is, it reads anew.
 */
public record RemoveLeftovers(Aws aws, AccountId account, Region region, VpcId vpc) {

  /** What was done. */
  public RemoveAnswer answer() {
    HubNetwork hub = aws.hub(account);
    Vpc hubVpc = aws.hubVpc(hub);
    List<Peering> before =
        hub.livePeerings().items().stream().filter(peering -> peering.joins(hubVpc.id())).toList();
    Network service = aws.services().network(account, region, account);
    Leaving leaving = new Leaving(service, aws.log());
    leaving.takeAway("its routes", () -> routes(service, hubVpc, before));
    leaving.takeAway(
        "our security group and openings",
        () -> Leftovers.openings(service.securityGroups(vpc), vpc, hubVpc.id(), before));
    return new RemoveAnswer(
        leaving.left().isEmpty() ? "CLEAN" : "LEFT",
        leaving.changes(),
        leaving.leftInWords(),
        came(before, hubVpc.id(), hub.livePeerings()).map(Peering::id).orElse(null));
  }

  private List<Change> routes(Network service, Vpc hub, List<Peering> live) {
    Complete<RouteTable> tables = service.routeTables(vpc);
    DeadRoutes dead = DeadRoutes.of(List.of(tables), hub.cidrs(), hub.id(), live);
    return Leftovers.routes(tables, hub.cidrs(), live, dead.whose(service));
  }

  private Optional<Peering> came(List<Peering> before, VpcId hub, Complete<Peering> now) {
    return Parties.between(vpc, hub, now)
        .filter(peering -> peering.status().isAccepted())
        .filter(peering -> before.stream().noneMatch(old -> old.id().equals(peering.id())));
  }
}
