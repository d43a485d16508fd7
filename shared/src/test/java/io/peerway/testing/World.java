package io.peerway.testing;

import io.peerway.model.error.Denied;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Change;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A small AWS with real state: what one account changes, the other sees. */
public final class World {

  /** Where the VPN instances are. */
  public static final String VPN_SUBNET = "subnet-00000001";

  public static final SecurityGroupId VPN_GROUP = new SecurityGroupId("sg-0aaaaaaaaaaaaaaaa");

  static final int TAGS_PER_RESOURCE = 50;

  final Map<PeeringId, Peering> peerings = new LinkedHashMap<>();
  final Map<VpcId, Vpc> vpcs = new LinkedHashMap<>();
  final Map<RouteTableId, RouteTable> tables = new LinkedHashMap<>();
  final Map<SecurityGroupId, VpcId> groupVpcs = new LinkedHashMap<>();
  final Map<SecurityGroupId, SecurityGroup> groups = new LinkedHashMap<>();
  final List<Cidr> vpnAddresses = new ArrayList<>();
  final Set<InstanceId> vpnInstances = new HashSet<>();
  final Set<VpcId> empty = new HashSet<>();
  final Set<InstanceId> stopped = new HashSet<>();
  final Map<AccountId, Supplier<PeerwayException>> closed = new HashMap<>();
  final Map<VpcId, Supplier<PeerwayException>> unrequestable = new HashMap<>();
  final Map<AccountId, Supplier<PeerwayException>> untaggable = new HashMap<>();

  final List<NetworkInterface> interfaces = new ArrayList<>();
  final List<NetworkAcl> acls = new ArrayList<>();
  final Set<PeeringId> unlisted = new HashSet<>();
  final List<GroupRule> rules = new ArrayList<>();
  final Map<PrefixListId, List<Cidr>> prefixLists = new HashMap<>();
  final Map<String, Supplier<PeerwayException>> unreadable = new HashMap<>();

  private final Map<AccountId, List<String>> records = new HashMap<>();
  private final Transcript transcript = new Transcript();
  private final List<AccountId> sessions = new ArrayList<>();
  private Runnable beforeNextChange = () -> {};
  private int changesLeft = Integer.MAX_VALUE;
  private int routesPerTable = 50;
  boolean groupsInUse;
  private final Set<Class<? extends Change>> refused = new HashSet<>();

  /** The sample network: three route tables on either side, one VPN instance, a pending request. */
  public static World sample() {
    World world = new World();
    world.put(new Vpc(Samples.HUB_VPC, Samples.HUB_ACCOUNT, Samples.HUB_CIDRS, Map.of()));
    world.put(
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()));
    for (int n = 1; n <= 3; n++) {
      world.put(table("rtb-0000000" + n, Samples.HUB_VPC));
      world.put(table("rtb-1000000" + n, Samples.SERVICE_VPC));
    }
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(group(1), "default", List.of(), List.of(), Map.of()));
    world.vpnAddresses.add(new Cidr("10.100.0.10/32"));
    world.put(Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    return world;
  }

  private static RouteTable table(String id, VpcId vpc) {
    List<Route> routes =
        List.of(new Route(new Cidr("0.0.0.0/0"), "igw-0123456789abcdef0", Route.State.ACTIVE));
    return new RouteTable(new RouteTableId(id), vpc, routes, Map.of());
  }

  static SecurityGroupId group(int n) {
    return new SecurityGroupId("sg-%08d".formatted(n));
  }

  /** Nothing in this VPC has a network interface. */
  public void empty(VpcId vpc) {
    empty.add(vpc);
  }

  // ---- what is there ---------------------------------------------------------------------------

  public void put(Peering peering) {
    peerings.put(peering.id(), peering);
  }

  /** EC2 shows it no more among all, and still to whoever asks for it. */
  public void unlist(PeeringId id) {
    unlisted.add(id);
  }

  public void put(Vpc vpc) {
    vpcs.put(vpc.id(), vpc);
  }

  public void put(RouteTable table) {
    tables.put(table.id(), table);
  }

  public void put(VpcId vpc, SecurityGroup group) {
    groupVpcs.put(group.id(), vpc);
    groups.put(group.id(), group);
  }

  public void put(NetworkAcl acl) {
    acls.removeIf(other -> other.id().equals(acl.id()));
    acls.add(acl);
  }

  public void put(NetworkInterface face) {
    interfaces.add(face);
  }

  /** A rule in a form of its own: of its group only such ones are shown. */
  public void put(GroupRule rule) {
    rules.add(rule);
  }

  /** A prefix list that is there and may be read. */
  public void put(PrefixListId list, List<Cidr> cidrs) {
    prefixLists.put(list, cidrs);
  }

  /** The VPC goes, with its route tables and groups. */
  public void remove(VpcId vpc) {
    vpcs.remove(vpc);
    tables.values().removeIf(table -> table.vpc().equals(vpc));
    groups.keySet().removeIf(group -> groupVpcs.get(group).equals(vpc));
    groupVpcs.values().removeIf(vpc::equals);
  }

  /** The account's event history has one record more, its latest. */
  public void record(AccountId account, EventRecord record) {
    records.computeIfAbsent(account, ignored -> new ArrayList<>()).add(record.json());
  }

  /** The oldest first. */
  List<String> records(AccountId account) {
    return records.getOrDefault(account, List.of());
  }

  public void removeGroup(SecurityGroupId group) {
    groups.remove(group);
    groupVpcs.remove(group);
  }

  List<GroupRule> rules(SecurityGroupId group, List<GroupRule> otherwise) {
    List<GroupRule> own = rules.stream().filter(rule -> rule.group().equals(group)).toList();
    return own.isEmpty() ? otherwise : own;
  }

  /** Every peering connection, whatever its status. */
  public List<Peering> peerings() {
    return List.copyOf(peerings.values());
  }

  public void setVpnAddresses(List<Cidr> addresses) {
    vpnAddresses.clear();
    vpnAddresses.addAll(addresses);
  }

  /** The id of the first, second, … VPN instance. */
  public static InstanceId vpnInstance(int number) {
    return new InstanceId("i-%08x".formatted(number + 1));
  }

  /** It may run again, and has its address until then. */
  public void stopVpnInstance(int number) {
    stopped.add(vpnInstance(number));
  }

  public void addVpnInstance(InstanceId id) {
    vpnInstances.add(id);
  }

  public Peering peering(PeeringId id) {
    return peerings.get(id);
  }

  public List<RouteTable> tables(VpcId vpc) {
    return tables.values().stream().filter(table -> table.vpc().equals(vpc)).toList();
  }

  public List<SecurityGroup> groups(VpcId vpc) {
    return groups.values().stream().filter(g -> groupVpcs.get(g.id()).equals(vpc)).toList();
  }

  /** Puts one more route into every table of {@code vpc}. */
  public void route(VpcId vpc, Route route) {
    for (RouteTable table : tables(vpc)) {
      List<Route> routes = new ArrayList<>(table.routes());
      routes.add(route);
      put(table.withRoutes(routes));
    }
  }

  /** The owner of a service account ends a peering connection, which our role there may not. */
  public void endByOwner(AccountId owner, PeeringId id) {
    new FakeHubNetwork(this, owner, owner.value()).ensureDeleted(id);
  }

  /** The routes of a peering connection that is gone lead nowhere. */
  void blackhole(PeeringId id) {
    tables.replaceAll(
        (same, table) ->
            table.withRoutes(
                table.routes().stream()
                    .map(
                        route ->
                            route.belongsTo(id)
                                ? new Route(
                                    route.destination(), route.target(), Route.State.BLACKHOLE)
                                : route)
                    .toList()));
  }

  /** Time passes: what is provisioning becomes active. */
  public void settle() {
    peerings.replaceAll(
        (id, peering) ->
            peering.status() == PeeringStatus.PROVISIONING
                ? Samples.in(peering, PeeringStatus.ACTIVE)
                : peering);
  }

  // ---- what goes wrong -------------------------------------------------------------------------

  /** The account's role is missing. */
  public void close(AccountId account) {
    fail(
        account,
        () ->
            new Denied("assume the role in " + account, new IllegalStateException("no such role")));
  }

  /** The role of the account may not read its network ACLs. */
  public void closeAcls(AccountId account) {
    failAcls(
        account, () -> new Denied("read the network ACLs", new IllegalStateException("old stack")));
  }

  /** Whoever reads the network ACLs of the account meets this. */
  public void failAcls(AccountId account, Supplier<PeerwayException> failure) {
    unreadable.put(account + " network ACLs", failure);
  }

  /** The role of the account may not look into its event history. */
  public void closeEvents(AccountId account) {
    failEvents(
        account, () -> new Denied("look up the events", new IllegalStateException("old stack")));
  }

  /** Whoever looks into the event history of the account meets this. */
  public void failEvents(AccountId account, Supplier<PeerwayException> failure) {
    unreadable.put(eventsOf(account), failure);
  }

  static String eventsOf(AccountId account) {
    return account + " events";
  }

  /** Whatever is called there ends in this. */
  public void fail(AccountId account, Supplier<PeerwayException> failure) {
    closed.put(account, failure);
  }

  /** No peering can be asked for from this VPC, until {@link #open}. */
  public void failRequests(VpcId vpc, Supplier<PeerwayException> failure) {
    unrequestable.put(vpc, failure);
  }

  public void open(VpcId vpc) {
    unrequestable.remove(vpc);
  }

  /** The hub VPC has as many tags as it may have. */
  public void fillTags(VpcId id) {
    Vpc vpc = vpcs.get(id);
    Map<String, String> tags = new HashMap<>(vpc.tags());
    for (int n = 0; tags.size() < TAGS_PER_RESOURCE; n++) {
      tags.put("somebodys-" + n, "");
    }
    put(new Vpc(id, vpc.owner(), vpc.cidrs(), Map.copyOf(tags)));
  }

  public void open(AccountId account) {
    closed.remove(account);
    refused.clear();
  }

  /** A policy denies changes of this kind, in whatever account. */
  public void refuse(Class<? extends Change> kind) {
    refused.add(kind);
  }

  /** Whoever writes or takes off the tag of a VPC there meets this; null: nobody does. */
  public void failTagging(AccountId account, @Nullable Supplier<PeerwayException> failure) {
    if (failure == null) {
      untaggable.remove(account);
    } else {
      untaggable.put(account, failure);
    }
  }

  void checkTagging(AccountId account) {
    Supplier<PeerwayException> failure = untaggable.get(account);
    if (failure != null) {
      throw failure.get();
    }
  }

  /** A VPC that is there. */
  public Vpc vpc(VpcId id) {
    return Objects.requireNonNull(vpcs.get(id), id.value());
  }

  /** What the tag of a VPC says to its team; empty where it has none. */
  public String status(VpcId vpc) {
    return Optional.ofNullable(vpcs.get(vpc)).map(Vpc::status).orElse("");
  }

  void checkRefusals(Change change) {
    if (refused.contains(change.getClass())) {
      throw new Denied(
          change + ": UnauthorizedOperation", new IllegalStateException("denied by a policy"));
    }
  }

  /** Instances have our groups, or no longer do. */
  public void useGroups(boolean inUse) {
    groupsInUse = inUse;
  }

  public void limitRoutes(int perTable) {
    routesPerTable = perTable;
  }

  int routesPerTable() {
    return routesPerTable;
  }

  /** Somebody else is quicker: runs once, just before the next change. */
  public void beforeNextChange(Runnable others) {
    beforeNextChange = others;
  }

  /** The run is cut off when it tries one change more than {@code changes}. */
  public void cutOffAfter(int changes) {
    changesLeft = changes;
  }

  public void mend() {
    changesLeft = Integer.MAX_VALUE;
  }

  /** A run that was cut off, as by the end of a Lambda function's time. */
  public static final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  void beforeChange() {
    if (changesLeft-- <= 0) {
      throw new CutOff();
    }
    Runnable others = beforeNextChange;
    beforeNextChange = () -> {};
    others.run();
  }

  // ---- the ways in -----------------------------------------------------------------------------

  public Transcript transcript() {
    return transcript;
  }

  public Function<Subject, HubNetwork> hub() {
    return onBehalfOf -> new FakeHubNetwork(this, Samples.HUB_ACCOUNT, "hub");
  }

  public Function<Subject, EventHistory> hubEvents() {
    return onBehalfOf -> new FakeEventHistory(this, Samples.HUB_ACCOUNT, "hub", () -> {});
  }

  public ServiceAccounts serviceAccounts() {
    return new ServiceAccounts() {
      @Override
      public Network network(AccountId account, Region region, Subject onBehalfOf) {
        return session(account, onBehalfOf).network(region);
      }

      @Override
      public Session session(AccountId account, Subject onBehalfOf) {
        Runnable entering = once(() -> sessions.add(account));
        return new Session() {
          @Override
          public Network network(Region region) {
            return new FakeNetwork(World.this, account, account.value(), entering);
          }

          @Override
          public EventHistory events(Region region) {
            return new FakeEventHistory(World.this, account, account.value(), entering);
          }
        };
      }
    };
  }

  private static Runnable once(Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (!done.getAndSet(true)) {
        what.run();
      }
    };
  }

  public void forgetSessions() {
    sessions.clear();
  }

  /** The accounts whose role was assumed, once for each time. */
  public List<AccountId> sessions() {
    return List.copyOf(sessions);
  }
}
