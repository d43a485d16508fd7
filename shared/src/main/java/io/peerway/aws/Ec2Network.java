package io.peerway.aws;

import io.peerway.model.VpnInstance;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** {@link HubNetwork} on EC2, for one account and Region. */
public final class Ec2Network implements HubNetwork {
  private static final int PAGE = 1000;

  // Of one filter ("List and filter using the CLI and API", Amazon EC2 User Guide).
  private static final int FILTER_VALUES = 200;
  private static final List<String> LIVE =
      List.of("initiating-request", "pending-acceptance", "provisioning", "active");
  private static final List<String> ENDED =
      List.of("deleting", "deleted", "rejected", "expired", "failed");
  private static final List<String> INSTANCE_MAY_RUN =
      List.of("pending", "running", "stopping", "stopped");
  private static final Set<String> PEERING_UNKNOWN =
      Set.of("InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.NotFound");

  // Somebody else has decided meanwhile.
  private static final Set<String> OTHER_STATE = Set.of("InvalidStateTransition", "IncorrectState");

  private final Supplier<Ec2Client> ec2;
  private final String account;
  private final SecurityGroupRecords groups;
  private final AwsRequestOverrideConfiguration caller;

  /**
   * A network that is not touched before the first call.
   *
   * @param account names the account in messages
   * @param hub the hub VPC, whose openings in security groups are ours
   * @param onBehalfOf the connection that the calls are for
   */
  Ec2Network(Supplier<Ec2Client> ec2, String account, VpcId hub, Subject onBehalfOf) {
    this(ec2, account, hub, Caller.named(onBehalfOf));
  }

  Ec2Network(
      Supplier<Ec2Client> ec2, String account, VpcId hub, AwsRequestOverrideConfiguration caller) {
    this.ec2 = ec2;
    this.account = account;
    this.groups = new SecurityGroupRecords(hub);
    this.caller = caller;
  }

  @Override
  public Complete<Peering> livePeerings() {
    return peerings(filter("status-code", LIVE));
  }

  @Override
  public Complete<Peering> peerings() {
    return peerings(new Filter[0]);
  }

  @Override
  public Complete<Peering> endedAdmitted() {
    return peerings(filter("status-code", ENDED), filter("tag-key", List.of(Tags.CIDRS)));
  }

  private Complete<Peering> peerings(Filter... filters) {
    return call(
        "list the peering connections",
        client ->
            new Complete<>(
                client
                    .describeVpcPeeringConnectionsPaginator(
                        r -> r.filters(filters).maxResults(PAGE).overrideConfiguration(caller))
                    .vpcPeeringConnections()
                    .stream()
                    .map(Ec2Records::peering)
                    .toList()));
  }

  @Override
  public Optional<Peering> peering(PeeringId id) {
    return call(
        "read " + id,
        client ->
            unlessUnknown(
                () ->
                    client
                        .describeVpcPeeringConnections(
                            r ->
                                r.vpcPeeringConnectionIds(id.value()).overrideConfiguration(caller))
                        .vpcPeeringConnections()
                        .stream()
                        .map(Ec2Records::peering)
                        .findFirst()));
  }

  @Override
  public Map<PeeringId, Peering> peerings(Set<PeeringId> ids) {
    Map<PeeringId, Peering> known = new HashMap<>();
    List<String> values = ids.stream().map(PeeringId::value).sorted().toList();
    for (int from = 0; from < values.size(); from += FILTER_VALUES) {
      List<String> some = values.subList(from, Math.min(values.size(), from + FILTER_VALUES));
      peerings(filter("vpc-peering-connection-id", some))
          .items()
          .forEach(peering -> known.put(peering.id(), peering));
    }
    return known;
  }

  @Override
  public Optional<Vpc> vpc(VpcId id) {
    // By filter, not by id: an unknown id is then an empty list and not an error.
    return call(
        "read " + id,
        client ->
            client
                .describeVpcs(r -> r.filters(filter("vpc-id", id)).overrideConfiguration(caller))
                .vpcs()
                .stream()
                .map(Ec2Records::vpc)
                .findFirst());
  }

  @Override
  public Complete<Vpc> vpcs() {
    return call(
        "list the VPCs",
        client ->
            new Complete<>(
                client
                    .describeVpcsPaginator(r -> r.maxResults(PAGE).overrideConfiguration(caller))
                    .vpcs()
                    .stream()
                    .map(Ec2Records::vpc)
                    .toList()));
  }

  @Override
  public Complete<RouteTable> routeTables(VpcId vpc) {
    return routeTablesOf(Set.of(vpc)).getOrDefault(vpc, new Complete<>(List.of()));
  }

  @Override
  public Complete<SecurityGroup> securityGroups(VpcId vpc) {
    return securityGroupsOf(Set.of(vpc)).getOrDefault(vpc, new Complete<>(List.of()));
  }

  @Override
  public Map<VpcId, Complete<RouteTable>> routeTables() {
    return routeTables("read the route tables");
  }

  @Override
  public Map<VpcId, Complete<SecurityGroup>> securityGroups() {
    return securityGroups("read the security groups");
  }

  @Override
  public Map<VpcId, Complete<RouteTable>> routeTablesOf(Set<VpcId> vpcs) {
    return routeTables("read the route tables of " + printed(vpcs), filter("vpc-id", ids(vpcs)));
  }

  @Override
  public Map<VpcId, Complete<SecurityGroup>> securityGroupsOf(Set<VpcId> vpcs) {
    return securityGroups(
        "read the security groups of " + printed(vpcs), filter("vpc-id", ids(vpcs)));
  }

  private Map<VpcId, Complete<RouteTable>> routeTables(String what, Filter... filters) {
    return call(
        what,
        client ->
            complete(
                client
                    .describeRouteTablesPaginator(
                        r -> r.filters(filters).maxResults(100).overrideConfiguration(caller))
                    .routeTables()
                    .stream()
                    .filter(seen -> !Ec2Records.isOfGateway(seen))
                    .map(Ec2Records::routeTable)
                    .collect(Collectors.groupingBy(RouteTable::vpc))));
  }

  private Map<VpcId, Complete<SecurityGroup>> securityGroups(String what, Filter... filters) {
    return call(
        what,
        client ->
            complete(
                client
                    .describeSecurityGroupsPaginator(
                        r -> r.filters(filters).maxResults(PAGE).overrideConfiguration(caller))
                    .securityGroups()
                    .stream()
                    .filter(seen -> seen.vpcId() != null)
                    .collect(
                        Collectors.groupingBy(
                            seen -> new VpcId(seen.vpcId()),
                            Collectors.mapping(groups::group, Collectors.toList())))));
  }

  @Override
  public Map<VpcId, Complete<NetworkAcl>> networkAclsOf(Set<VpcId> vpcs) {
    return call(
        "read the network ACLs of " + printed(vpcs),
        client ->
            complete(
                client
                    .describeNetworkAclsPaginator(
                        r ->
                            r.filters(filter("vpc-id", ids(vpcs)))
                                .maxResults(PAGE)
                                .overrideConfiguration(caller))
                    .networkAcls()
                    .stream()
                    .map(Ec2Records::networkAcl)
                    .collect(Collectors.groupingBy(NetworkAcl::vpc))));
  }

  @Override
  public List<Cidr> prefixList(PrefixListId id) {
    return call(
        "read " + id,
        client ->
            Ec2Records.cidrs(
                client
                    .getManagedPrefixListEntriesPaginator(
                        r ->
                            r.prefixListId(id.value())
                                .maxResults(100)
                                .overrideConfiguration(caller))
                    .entries()
                    .stream()
                    .toList()));
  }

  private static List<String> ids(Set<VpcId> vpcs) {
    return vpcs.stream().sorted().map(VpcId::value).toList();
  }

  private static String printed(Set<VpcId> vpcs) {
    return String.join(", ", ids(vpcs));
  }

  private static <T> Map<VpcId, Complete<T>> complete(Map<VpcId, List<T>> byVpc) {
    Map<VpcId, Complete<T>> whole = new HashMap<>();
    byVpc.forEach((vpc, items) -> whole.put(vpc, new Complete<>(items)));
    return Map.copyOf(whole);
  }

  @Override
  public boolean hasInterfaces(VpcId vpc) {
    // A page may be empty though others follow (EC2 API reference, "Pagination").
    return call(
        "look for network interfaces in " + vpc,
        client ->
            client
                .describeNetworkInterfacesPaginator(
                    r ->
                        r.filters(filter("vpc-id", vpc))
                            .maxResults(PAGE)
                            .overrideConfiguration(caller))
                .networkInterfaces()
                .stream()
                .findAny()
                .isPresent());
  }

  @Override
  public List<VpnInstance> vpnInstances(VpcId vpc) {
    return call(
        "find the VPN instances of " + vpc,
        client ->
            client
                .describeInstancesPaginator(
                    r ->
                        r.filters(
                                filter("vpc-id", vpc),
                                filter("tag:" + Tags.ROLE, List.of("vpn")),
                                filter("instance-state-name", INSTANCE_MAY_RUN))
                            .maxResults(PAGE)
                            .overrideConfiguration(caller))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Ec2Records::vpnInstance)
                .toList());
  }

  @Override
  public boolean isVpnInstance(InstanceId id) {
    // Whatever its VPC: a terminated instance keeps its tags for a while, but not its network.
    return call(
        "look at " + id,
        client ->
            client
                .describeInstances(
                    r ->
                        r.filters(
                                filter("instance-id", List.of(id.value())),
                                filter("tag:" + Tags.ROLE, List.of("vpn")))
                            .overrideConfiguration(caller))
                .reservations()
                .stream()
                .anyMatch(reservation -> !reservation.instances().isEmpty()));
  }

  @Override
  public void ensureAccepted(PeeringId id) {
    inPendingState(
        "accept " + id,
        id,
        client ->
            client.acceptVpcPeeringConnection(
                r -> r.vpcPeeringConnectionId(id.value()).overrideConfiguration(caller)));
  }

  @Override
  public void ensureRejected(PeeringId id) {
    inPendingState(
        "reject " + id,
        id,
        client -> {
          try {
            client.rejectVpcPeeringConnection(
                r -> r.vpcPeeringConnectionId(id.value()).overrideConfiguration(caller));
          } catch (AwsServiceException e) {
            throw OTHER_STATE.contains(AwsErrors.code(e)) ? decided(id) : e;
          }
        });
  }

  // It may have been accepted in between, and then it is as live as before.
  private NotYetVisible decided(PeeringId id) {
    return new NotYetVisible(
        id + " is in another state than account " + account + " has just shown");
  }

  @Override
  public void ensureTagged(PeeringId id, Map<String, String> tags) {
    tag(Set.of(), id.value(), tags);
  }

  @Override
  public boolean ensureRefused(VpcId hub, VpcId service, PeeringId because) {
    // A resource holds 50 tags (EC2 User Guide, "Tag restrictions").
    return tag(
        Set.of("TagLimitExceeded"),
        hub.value(),
        Map.of(Tags.REFUSED_PREFIX + service, because.value()));
  }

  private boolean tag(Set<String> harmless, String resource, Map<String, String> tags) {
    List<Tag> sorted =
        new TreeMap<>(tags)
            .entrySet().stream().map(tag -> tag(tag.getKey(), tag.getValue())).toList();
    return callUnless(
        harmless,
        "tag " + resource,
        client ->
            client.createTags(
                r -> r.resources(resource).tags(sorted).overrideConfiguration(caller)));
  }

  @Override
  public void ensureWithdrawn(PeeringId id) {
    // One that is over may be forgotten already, and needs no mark any more.
    tag(PEERING_UNKNOWN, id.value(), Map.of(Tags.CIDRS, ""));
  }

  @Override
  public void ensureClosed(PeeringId id) {
    callUnless(
        PEERING_UNKNOWN,
        "take the mark of its end off " + id,
        client ->
            client.deleteTags(
                r ->
                    r.resources(id.value())
                        .tags(Tag.builder().key(Tags.CIDRS).build())
                        .overrideConfiguration(caller)));
  }

  @Override
  public void ensureDeleted(PeeringId id) {
    callUnless(
        PEERING_UNKNOWN,
        "delete " + id,
        client -> {
          try {
            client.deleteVpcPeeringConnection(
                r -> r.vpcPeeringConnectionId(id.value()).overrideConfiguration(caller));
          } catch (AwsServiceException e) {
            throw OTHER_STATE.contains(AwsErrors.code(e)) ? decided(id) : e;
          }
        });
  }

  @Override
  public PeeringId ensureRequested(VpcId own, VpcSide hub) {
    return call(
        "ask for a peering of " + own + " with " + hub.vpc(),
        client -> {
          try {
            return new PeeringId(requested(client, own, hub));
          } catch (AwsServiceException e) {
            // Between two VPCs EC2 allows one live peering connection (EC2 API reference, "Error
            // codes"): another run was quicker, and whoever reads again finds it.
            if (AwsErrors.code(e).equals("VpcPeeringConnectionAlreadyExists")) {
              throw new NotYetVisible(own + " has a peering with " + hub.vpc() + " already");
            }
            throw e;
          }
        });
  }

  private String requested(Ec2Client client, VpcId own, VpcSide hub) {
    return client
        .createVpcPeeringConnection(
            r ->
                r.vpcId(own.value())
                    .peerVpcId(hub.vpc().value())
                    .peerOwnerId(hub.account().value())
                    .peerRegion(hub.region().value())
                    .overrideConfiguration(caller))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  @Override
  public Change.Effect apply(Change change) {
    switch (change) {
      case Change.AddRoute route -> addRoute(route);
      case Change.CreateVpnGroup group -> createVpnGroup(group);
      case Change.AllowIngress allow -> allow(allow);
      case Change.RemoveRoute route -> removeRoute(route);
      case Change.RevokeIngress revoke -> revoke(revoke);
      case Change.DeleteVpnGroup group -> {
        return deleteVpnGroup(group);
      }
    }
    return Change.Effect.MADE;
  }

  // Answers RouteAlreadyExists when another run was quicker; Verify then reads whose route it is.
  private void addRoute(Change.AddRoute route) {
    callUnless(
        Set.of("RouteAlreadyExists"),
        route.toString(),
        client ->
            client.createRoute(
                r ->
                    r.routeTableId(route.table().value())
                        .destinationCidrBlock(route.destination().value())
                        .vpcPeeringConnectionId(route.peering().value())
                        .overrideConfiguration(caller)));
  }

  private void removeRoute(Change.RemoveRoute route) {
    callUnless(
        Set.of("InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"),
        route.toString(),
        client ->
            client.deleteRoute(
                r ->
                    r.routeTableId(route.table().value())
                        .destinationCidrBlock(route.destination().value())
                        .overrideConfiguration(caller)));
  }

  private void revoke(Change.RevokeIngress change) {
    boolean revoked =
        callUnless(
            Set.of("InvalidPermission.NotFound", "InvalidGroup.NotFound"),
            change.toString(),
            client ->
                client.revokeSecurityGroupIngress(
                    r ->
                        r.groupId(change.group().value())
                            .ipPermissions(
                                change.ingress().stream().map(groups::permission).toList())
                            .overrideConfiguration(caller)));
    // One that is gone already makes EC2 refuse the others with it.
    if (!revoked && change.ingress().size() > 1) {
      for (Ingress one : change.ingress()) {
        revoke(new Change.RevokeIngress(change.group(), List.of(one)));
      }
    }
  }

  // A group that an interface has, or a rule of another group names, cannot be deleted (EC2 API
  // reference, "DeleteSecurityGroup").
  private Change.Effect deleteVpnGroup(Change.DeleteVpnGroup change) {
    return call(
        change.toString(),
        client -> {
          try {
            client.deleteSecurityGroup(
                r -> r.groupId(change.group().value()).overrideConfiguration(caller));
            return Change.Effect.MADE;
          } catch (AwsServiceException e) {
            return switch (AwsErrors.code(e)) {
              case "DependencyViolation", "InvalidGroup.InUse" -> Change.Effect.STILL_IN_USE;
              case "InvalidGroup.NotFound" -> Change.Effect.MADE;
              default -> throw e;
            };
          }
        });
  }

  private void createVpnGroup(Change.CreateVpnGroup change) {
    String name = Change.CreateVpnGroup.name(change.hub());
    SecurityGroupId id =
        call(
            change.toString(),
            client -> {
              try {
                return new SecurityGroupId(createdGroup(client, name, change));
              } catch (AwsServiceException e) {
                if (AwsErrors.code(e).equals("InvalidGroup.Duplicate")) {
                  throw takenName(name, change);
                }
                throw e;
              }
            });
    allow(new Change.AllowIngress(id, change.ingress()));
  }

  private String createdGroup(Ec2Client client, String name, Change.CreateVpnGroup change) {
    return client
        .createSecurityGroup(
            r ->
                r.groupName(name)
                    .description(
                        "Lets the VPN instances of " + change.hub() + " in; kept by Peerway")
                    .vpcId(change.vpc().value())
                    .tagSpecifications(
                        TagSpecification.builder()
                            .resourceType(ResourceType.SECURITY_GROUP)
                            .tags(tag(Tags.HUB, change.hub().value()))
                            .build())
                    .overrideConfiguration(caller))
        .groupId();
  }

  // Another run has just made it: the next plan sees it. One without our tag is somebody else's
  // and stays so.
  private NotYetVisible takenName(String name, Change.CreateVpnGroup change) {
    return new NotYetVisible(
        "account "
            + account
            + ": "
            + change.vpc()
            + " has a group "
            + name
            + " that was not listed with the tag "
            + Tags.HUB
            + " yet. If it is not ours, rename it, then redrive.");
  }

  private void allow(Change.AllowIngress change) {
    if (change.ingress().isEmpty()) {
      return;
    }
    boolean added =
        callUnless(
            Set.of("InvalidPermission.Duplicate"),
            change.toString(),
            client ->
                client.authorizeSecurityGroupIngress(
                    r ->
                        r.groupId(change.group().value())
                            .ipPermissions(
                                change.ingress().stream().map(groups::permission).toList())
                            .overrideConfiguration(caller)));
    // EC2 adds all openings of a call or none: where another run was quicker with one of them, the
    // others still have to be added.
    if (!added && change.ingress().size() > 1) {
      for (Ingress one : change.ingress()) {
        allow(new Change.AllowIngress(change.group(), List.of(one)));
      }
    }
  }

  // A request that somebody else has decided meanwhile is in another state; the next read tells
  // which.
  private void inPendingState(
      String what, PeeringId id, java.util.function.Consumer<Ec2Client> request) {
    call(
        what,
        client -> {
          try {
            request.accept(client);
            return id;
          } catch (AwsServiceException e) {
            if (PEERING_UNKNOWN.contains(AwsErrors.code(e))) {
              throw new NotYetVisible(id + " is not visible in account " + account + " yet");
            }
            // Between two VPCs EC2 allows one connection: whoever reads again finds the other.
            if (AwsErrors.code(e).equals("VpcPeeringConnectionAlreadyExists")) {
              throw new NotYetVisible(
                  id + " joins VPCs that another peering connection joins already");
            }
            if (OTHER_STATE.contains(AwsErrors.code(e))) {
              return id;
            }
            throw e;
          }
        });
  }

  private static Optional<Peering> unlessUnknown(Supplier<Optional<Peering>> request) {
    try {
      return request.get();
    } catch (AwsServiceException e) {
      if (PEERING_UNKNOWN.contains(AwsErrors.code(e))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // Whether the call was made to an end, and not refused for a harmless reason.
  private boolean callUnless(
      Set<String> harmless, String what, java.util.function.Consumer<Ec2Client> request) {
    return call(
        what,
        client -> {
          try {
            request.accept(client);
            return true;
          } catch (AwsServiceException e) {
            if (harmless.contains(AwsErrors.code(e))) {
              return false;
            }
            throw e;
          }
        });
  }

  private <T> T call(String what, java.util.function.Function<Ec2Client, T> request) {
    return AwsErrors.call(what + " in account " + account, () -> request.apply(ec2.get()));
  }

  private static Filter filter(String name, VpcId vpc) {
    return filter(name, List.of(vpc.value()));
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
