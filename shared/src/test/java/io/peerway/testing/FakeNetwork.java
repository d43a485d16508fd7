package io.peerway.testing;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.network.Change;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One account's network in a {@link World}, with the repeat-safety that {@link Network} promises.
 */
class FakeNetwork implements Network {

  final World world;
  private final AccountId account;
  private final String name;
  private final Runnable session;

  /**
   * A network that is not entered before the first call.
   *
   * @param session what entering it takes
   */
  FakeNetwork(World world, AccountId account, String name, Runnable session) {
    this.world = world;
    this.account = account;
    this.name = name;
    this.session = session;
  }

  @Override
  public Map<PeeringId, Peering> peerings(Set<PeeringId> ids) {
    read(ids.size() + " peering connections");
    Map<PeeringId, Peering> known = new HashMap<>();
    ids.stream()
        .filter(world.peerings::containsKey)
        .forEach(id -> known.put(id, asSeenHere(world.peerings.get(id))));
    return known;
  }

  // Tags belong to the account that wrote them, here always the hub.
  final Peering asSeenHere(Peering seen) {
    return account.equals(Samples.HUB_ACCOUNT)
        ? seen
        : new Peering(seen.id(), seen.status(), seen.requester(), seen.accepter(), Map.of());
  }

  @Override
  public Optional<Vpc> vpc(VpcId id) {
    read(id.value());
    return Optional.ofNullable(world.vpcs.get(id)).filter(vpc -> vpc.owner().equals(account));
  }

  @Override
  public Complete<Vpc> vpcs() {
    read("VPCs");
    return new Complete<>(
        world.vpcs.values().stream().filter(vpc -> vpc.owner().equals(account)).toList());
  }

  @Override
  public Complete<RouteTable> routeTables(VpcId vpc) {
    read("route tables of " + vpc);
    return new Complete<>(world.tables(vpc));
  }

  @Override
  public Complete<SecurityGroup> securityGroups(VpcId vpc) {
    read("security groups of " + vpc);
    return new Complete<>(world.groups(vpc));
  }

  @Override
  public Map<VpcId, Complete<RouteTable>> routeTablesOf(Set<VpcId> vpcs) {
    read("route tables of " + sorted(vpcs));
    Map<VpcId, Complete<RouteTable>> found = new HashMap<>();
    vpcs.stream()
        .filter(vpc -> !world.tables(vpc).isEmpty())
        .forEach(vpc -> found.put(vpc, new Complete<>(world.tables(vpc))));
    return found;
  }

  @Override
  public Map<VpcId, Complete<SecurityGroup>> securityGroupsOf(Set<VpcId> vpcs) {
    read("security groups of " + sorted(vpcs));
    Map<VpcId, Complete<SecurityGroup>> found = new HashMap<>();
    vpcs.stream()
        .filter(vpc -> !world.groups(vpc).isEmpty())
        .forEach(vpc -> found.put(vpc, new Complete<>(world.groups(vpc))));
    return found;
  }

  @Override
  public Map<VpcId, Complete<RouteTable>> routeTables() {
    read("route tables");
    Map<VpcId, Complete<RouteTable>> found = new HashMap<>();
    own().forEach(vpc -> found.put(vpc, new Complete<>(world.tables(vpc))));
    return found;
  }

  @Override
  public Map<VpcId, Complete<NetworkAcl>> networkAclsOf(Set<VpcId> vpcs) {
    read("network ACLs of " + sorted(vpcs));
    Supplier<PeerwayException> failure = world.unreadable.get(account + " network ACLs");
    if (failure != null) {
      throw failure.get();
    }
    Map<VpcId, Complete<NetworkAcl>> found = new HashMap<>();
    vpcs.forEach(
        vpc ->
            found.put(
                vpc,
                new Complete<>(world.acls.stream().filter(acl -> acl.vpc().equals(vpc)).toList())));
    return found;
  }

  @Override
  public Map<VpcId, Complete<SecurityGroup>> securityGroups() {
    read("security groups");
    Map<VpcId, Complete<SecurityGroup>> found = new HashMap<>();
    own().forEach(vpc -> found.put(vpc, new Complete<>(world.groups(vpc))));
    return found;
  }

  private List<VpcId> own() {
    return world.vpcs.values().stream()
        .filter(vpc -> vpc.owner().equals(account))
        .map(Vpc::id)
        .toList();
  }

  @Override
  public List<Cidr> prefixList(PrefixListId id) {
    read(id.value());
    List<Cidr> cidrs = world.prefixLists.get(id);
    if (cidrs == null) {
      throw new Denied("read " + id, new IllegalStateException("UnauthorizedOperation"));
    }
    return cidrs;
  }

  private static List<VpcId> sorted(Set<VpcId> vpcs) {
    return vpcs.stream().sorted().toList();
  }

  @Override
  public boolean hasInterfaces(VpcId vpc) {
    read("network interfaces in " + vpc);
    return !world.empty.contains(vpc);
  }

  @Override
  public Optional<NetworkInterface> interfaceWith(VpcId vpc, Cidr address) {
    read("what has " + address + " in " + vpc);
    return world.interfaces.stream()
        .filter(face -> face.vpc().equals(vpc) && face.address().equals(address))
        .findFirst();
  }

  @Override
  public Optional<NetworkInterface> interfaceOf(InstanceId instance) {
    read("the network interface of " + instance);
    return world.interfaces.stream()
        .filter(face -> instance.equals(face.instance()))
        .filter(face -> account.equals(world.vpcs.get(face.vpc()).owner()))
        .findFirst();
  }

  @Override
  public Optional<NetworkInterface> interfaceOfAnInstance(VpcId vpc) {
    read("an instance in " + vpc);
    return world.interfaces.stream()
        .filter(face -> face.vpc().equals(vpc) && face.instance() != null)
        .findFirst();
  }

  @Override
  public Optional<RouteTable> routeTableOf(VpcId vpc, String subnet) {
    read("the route table of " + subnet);
    return world.tables(vpc).stream().findFirst();
  }

  @Override
  public List<GroupRule> inboundRules(Collection<SecurityGroupId> ids) {
    read("the rules of " + ids);
    return ids.stream().flatMap(id -> world.rules(id, openings(id)).stream()).toList();
  }

  private List<GroupRule> openings(SecurityGroupId group) {
    return world.groups.get(group).ingress().stream().map(opening -> rule(group, opening)).toList();
  }

  private static GroupRule rule(SecurityGroupId group, Ingress opening) {
    return switch (opening.port()) {
      case Port.Icmp() ->
          new GroupRule(group, 1, -1, -1, List.of(opening.source()), List.of(), false);
      case Port.Range(Port.Protocol protocol, int first, int last) ->
          new GroupRule(
              group,
              protocol == Port.Protocol.TCP ? 6 : 17,
              first,
              last,
              List.of(opening.source()),
              List.of(),
              false);
    };
  }

  @Override
  public void ensureAccepted(PeeringId id) {
    change("accept " + id);
    decide(id, PeeringStatus.PROVISIONING);
  }

  final void decide(PeeringId id, PeeringStatus status) {
    Peering peering = known(id);
    if (!peering.accepter().account().equals(account)) {
      throw new AssertionError(id + " can be decided by its accepter only, not by " + account);
    }
    if (peering.status().isPending()) {
      world.put(Samples.in(peering, status));
    }
  }

  @Override
  public PeeringId ensureRequested(VpcId own, VpcSide hub) {
    if (world.unrequestable.containsKey(own)) {
      throw world.unrequestable.get(own).get();
    }
    change("ask for a peering of " + own + " with " + hub.vpc());
    Optional<PeeringId> there =
        world.peerings.values().stream()
            .filter(peering -> peering.status().isPending() || peering.status().isAccepted())
            .filter(peering -> peering.joins(own) && peering.joins(hub.vpc()))
            .map(Peering::id)
            .findFirst();
    if (there.isPresent()) {
      return there.get();
    }
    PeeringId id = new PeeringId("pcx-%08d".formatted(1000 + world.peerings.size()));
    VpcSide requester = new VpcSide(account, Samples.REGION, own, List.of());
    world.put(new Peering(id, PeeringStatus.PENDING_ACCEPTANCE, requester, hub, Map.of()));
    return id;
  }

  @Override
  public boolean ensureStatus(VpcId vpc, String status) {
    change(vpc + " says " + status);
    world.checkTagging(account);
    Vpc seen = world.vpcs.get(vpc);
    if (seen == null) {
      throw new NotYetVisible(vpc + ": InvalidVpcID.NotFound");
    }
    Map<String, String> tags = new HashMap<>(seen.tags());
    tags.put(Tags.STATUS, status);
    if (tags.size() > World.TAGS_PER_RESOURCE) {
      return false;
    }
    world.put(new Vpc(vpc, seen.owner(), seen.cidrs(), Map.copyOf(tags)));
    return true;
  }

  @Override
  public void ensureNoStatus(VpcId vpc) {
    change(vpc + " says nothing");
    world.checkTagging(account);
    Vpc seen = world.vpcs.get(vpc);
    if (seen != null) {
      Map<String, String> tags = new HashMap<>(seen.tags());
      tags.remove(Tags.STATUS);
      world.put(new Vpc(vpc, seen.owner(), seen.cidrs(), Map.copyOf(tags)));
    }
  }

  final Peering known(PeeringId id) {
    return Optional.ofNullable(world.peerings.get(id))
        .orElseThrow(() -> new NotYetVisible(id.value()));
  }

  @Override
  public Change.Effect apply(Change change) {
    change(change.toString());
    world.checkRefusals(change);
    switch (change) {
      case Change.AddRoute route -> add(route);
      case Change.CreateVpnGroup group -> create(group);
      case Change.AllowIngress allow -> allow(allow.group(), allow.ingress());
      case Change.RemoveRoute route -> remove(route);
      case Change.RevokeIngress revoke -> revoke(revoke.group(), revoke.ingress());
      case Change.DeleteVpnGroup group -> {
        if (world.groupsInUse) {
          return Change.Effect.STILL_IN_USE;
        }
        world.groups.remove(group.group());
        world.groupVpcs.remove(group.group());
      }
    }
    return Change.Effect.MADE;
  }

  private void add(Change.AddRoute change) {
    RouteTable table = world.tables.get(change.table());
    if (table == null) {
      throw new NotYetVisible(change + ": InvalidRouteTableID.NotFound");
    }
    if (table.routes().stream()
        .anyMatch(r -> r.isStatic() && r.destination().equals(change.destination()))) {
      return;
    }
    // A route through a pending one can be made (it is a blackhole until then), through one that is
    // over it cannot.
    PeeringStatus status = world.peerings.get(change.peering()).status();
    if (!status.isAccepted() && !status.isPending()) {
      throw new NotYetVisible(change + ": InvalidVpcPeeringConnectionID.NotFound");
    }
    if (table.routes().size() >= world.routesPerTable()) {
      throw new RouteTableFull(change.toString(), new IllegalStateException("RouteLimitExceeded"));
    }
    List<Route> routes = new ArrayList<>(table.routes());
    routes.add(new Route(change.destination(), change.peering().value(), Route.State.ACTIVE));
    world.put(table.withRoutes(routes));
  }

  private void create(Change.CreateVpnGroup change) {
    if (!world.vpcs.containsKey(change.vpc())) {
      throw new NotYetVisible(change + ": InvalidVpcID.NotFound");
    }
    if (world.groups(change.vpc()).stream()
        .anyMatch(g -> g.name().equals(Change.CreateVpnGroup.name(change.hub())))) {
      throw new NotYetVisible("a group of this name is there");
    }
    SecurityGroupId id = World.group(100 + world.groups.size());
    world.put(
        change.vpc(),
        new SecurityGroup(
            id,
            Change.CreateVpnGroup.name(change.hub()),
            List.of(),
            List.of(),
            Map.of(Tags.HUB, change.hub().value())));
    allow(id, change.ingress());
  }

  private void remove(Change.RemoveRoute change) {
    RouteTable table = world.tables.get(change.table());
    if (table == null) {
      return;
    }
    List<Route> routes =
        table.routes().stream()
            .filter(
                route -> !(route.isStatic() && route.destination().equals(change.destination())))
            .toList();
    world.put(table.withRoutes(routes));
  }

  private void revoke(SecurityGroupId id, List<Ingress> ingress) {
    SecurityGroup group = world.groups.get(id);
    if (group == null) {
      return;
    }
    world.put(
        world.groupVpcs.get(id),
        new SecurityGroup(
            id,
            group.name(),
            without(group.ingress(), ingress),
            without(group.ours(), ingress),
            group.tags()));
  }

  private static List<Ingress> without(List<Ingress> all, List<Ingress> some) {
    return all.stream().filter(opening -> !some.contains(opening)).toList();
  }

  private void allow(SecurityGroupId id, List<Ingress> ingress) {
    SecurityGroup group = world.groups.get(id);
    if (group == null) {
      throw new NotYetVisible(id + ": InvalidGroup.NotFound");
    }
    world.put(
        world.groupVpcs.get(id),
        new SecurityGroup(
            id,
            group.name(),
            with(group.ingress(), ingress),
            with(group.ours(), ingress),
            group.tags()));
  }

  private static List<Ingress> with(List<Ingress> some, List<Ingress> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  final void read(String what) {
    enter();
    world.transcript().read(name, what);
  }

  final void change(String what) {
    enter();
    world.beforeChange();
    world.transcript().change(name, what);
  }

  private void enter() {
    session.run();
    Supplier<PeerwayException> failure = world.closed.get(account);
    if (failure != null) {
      throw failure.get();
    }
  }
}
