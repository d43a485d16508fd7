package io.peerway.plan.reconcile;

import io.peerway.model.network.AclSight;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.leftovers.DeadRoutes;
import io.peerway.plan.network.Obstructions;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.plan.sight.Whose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is needed of a service account in one Region. */
record RegionRead(Network network, Region region, AccountId account, HubSight hub) {

  AccountSight.Seen of(AccountReads reads) {
    return reads.looksAtAllVpcs() ? withAllVpcs(reads) : withPeeredVpcs(reads);
  }

  private AccountSight.Seen withAllVpcs(AccountReads reads) {
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
    return new AccountSight.Seen(
        region, Optional.of(vpcs), tables, groups, acls, lists, whose(tables));
  }

  private AccountSight.Seen withPeeredVpcs(AccountReads reads) {
    Set<VpcId> peered = reads.peered(region);
    Map<VpcId, Complete<RouteTable>> tables =
        peered.isEmpty() ? Map.of() : network.routeTablesOf(peered);
    Map<VpcId, Complete<SecurityGroup>> groups =
        peered.isEmpty() ? Map.of() : network.securityGroupsOf(peered);
    Map<VpcId, AclSight> acls = Obstructions.acls(network, peered);
    Map<PrefixListId, PrefixListSight> lists = Obstructions.lists(network, tables.values());
    Optional<Complete<Vpc>> vpcs =
        reads.needsVpcs(region, tables) ? Optional.of(network.vpcs()) : Optional.empty();
    return new AccountSight.Seen(region, vpcs, tables, groups, acls, lists, whose(tables));
  }

  private Map<PeeringId, Whose> whose(Map<VpcId, Complete<RouteTable>> tables) {
    return DeadRoutes.of(tables.values(), hub.vpc().cidrs(), hub.vpc().id(), hub.peerings())
        .whoseIfAllowed(network);
  }
}
