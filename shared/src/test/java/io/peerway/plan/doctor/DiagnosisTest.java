package io.peerway.plan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Connection;
import io.peerway.model.VpnInstance;
import io.peerway.model.network.AclSight;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.doctor.Hop.Verdict;
import io.peerway.plan.doctor.Tried.Outcome;
import io.peerway.plan.findings.Loss;
import io.peerway.plan.nat.ForeignChain;
import io.peerway.plan.nat.SetInForce;
import io.peerway.plan.nat.Surroundings;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to break the path, one at a time, on a path that works otherwise. */
class DiagnosisTest {
  private static final Cidr TARGET = Cidr.ofAddress("10.110.0.10");
  private static final Cidr VPN = Cidr.ofAddress("10.100.0.10");
  private static final InstanceId INSTANCE = new InstanceId("i-00000001");
  private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000001");
  private static final SecurityGroupId VPN_GROUP = new SecurityGroupId("sg-00000009");
  private static final PrefixListId LIST = new PrefixListId("pl-00000001");
  private static final PrefixListId UNREAD = new PrefixListId("pl-00000002");
  private static final Port SSH = new Port.Range(Port.Protocol.TCP, 22, 22);
  private static final Mends MENDS =
      new Mends("arn:aws:states:eu-west-1:123456789012:stateMachine:connect", Samples.REGION);

  /** A path that works, to be broken. */
  private static final class Path {
    Port port = SSH;
    Connection connection = Samples.connection();
    @Nullable Peering peering =
        Samples.tagged(
            Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24");
    String unreadPeering = "";
    boolean runs = true;
    List<VpnInstance> others = List.of();
    List<SecurityGroupId> vpnGroups = List.of(VPN_GROUP);
    boolean noInstance;
    boolean silent;
    boolean asked = true;
    boolean forward = true;
    boolean rules = true;
    List<Cidr> clients = Cidr.list("172.168.0.0/24");
    @Nullable List<Cidr> services = Samples.SERVICE_CIDRS;
    List<ForeignChain> chains = List.of();
    @Nullable List<Cidr> unpushed = List.of();
    int unpushedCount;
    @Nullable Tried tried = new Tried(Outcome.TIMED_OUT, "Connection timed out");
    final List<Route> hubRoutes =
        new ArrayList<>(
            List.of(local("10.100.0.0/16"), to("10.110.0.0/16"), to("10.120.0.0/24"), internet()));
    final List<Route> serviceRoutes =
        new ArrayList<>(List.of(local("10.110.0.0/16"), to("10.100.0.0/16"), internet()));
    final List<PrefixListRoute> lists = new ArrayList<>();
    PrefixListSight list = new PrefixListSight.Seen(Cidr.list("10.110.0.0/24"));
    AclSight hubAcls = acls("subnet-hub", all());
    AclSight serviceAcls = acls("subnet-service", all());
    boolean hasFace = true;
    @Nullable InstanceId faceOf;
    List<SecurityGroupId> groups = List.of(GROUP);
    @Nullable Attempt<Optional<RouteTable>> hubTable;
    @Nullable Attempt<Optional<RouteTable>> serviceTable;
    String unread = "";
    String unreadInstances = "";
    Map<String, String> hubTags = Map.of();
    List<GroupRule> inbound = List.of(rule(22, 22, List.of(VPN)));
    Attempt<List<GroupRule>> outbound =
        new Attempt.Seen<>(
            List.of(
                new GroupRule(VPN_GROUP, -1, -1, -1, Cidr.list("0.0.0.0/0"), List.of(), false)));

    Diagnosis diagnosis() {
      VpnInstance instance =
          new VpnInstance(INSTANCE, List.of(VPN), runs, List.of("subnet-hub"), vpnGroups);
      Sight.Answer answer =
          silent
              ? new Sight.Silent("DeliveryTimedOut")
              : new Sight.Told(
                  new SetInForce(
                      "report", 1, clients, services, "", rules, true, forward, "installed"),
                  new Surroundings(
                      chains,
                      chains.size(),
                      unpushed,
                      Math.max(unpushedCount, unpushed == null ? 0 : unpushed.size()),
                      "/etc/openvpn/server.conf"));
      Map<PrefixListId, PrefixListSight> seen = Map.of(LIST, list);
      Attempt<Optional<NetworkInterface>> face =
          unread.isEmpty()
              ? new Attempt.Seen<>(
                  hasFace
                      ? Optional.of(
                          new NetworkInterface(
                              "eni-1",
                              Samples.SERVICE_VPC,
                              "subnet-service",
                              groups,
                              TARGET,
                              faceOf))
                      : Optional.empty())
              : new Attempt.Unread<>(unread);
      return Diagnosis.of(
          new Sight(
              "10.110.0.10",
              TARGET,
              port,
              Cidr.list("172.168.0.0/24"),
              connection,
              unreadPeering.isEmpty()
                  ? new Attempt.Seen<>(Optional.ofNullable(peering))
                  : new Attempt.Unread<>(unreadPeering),
              new Sight.HubEnd(
                  noInstance ? new Attempt.Seen<>(List.of()) : instances(instance),
                  Map.of(
                      "subnet-hub",
                      hubTable != null
                          ? hubTable
                          : seen("rtb-00000001", Samples.HUB_VPC, hubRoutes, lists, hubTags)),
                  seen,
                  hubAcls,
                  outbound,
                  asked ? Map.of(INSTANCE, answer) : Map.of(),
                  asked ? Map.of(INSTANCE, tried()) : Map.of()),
              new Sight.ServiceEnd(
                  face,
                  serviceTable != null
                      ? serviceTable
                      : seen(
                          "rtb-10000001", Samples.SERVICE_VPC, serviceRoutes, List.of(), Map.of()),
                  seen,
                  serviceAcls,
                  new Attempt.Seen<>(inbound))),
          MENDS);
    }

    private Attempt<List<VpnInstance>> instances(VpnInstance one) {
      return unreadInstances.isEmpty()
          ? new Attempt.Seen<>(Stream.concat(Stream.of(one), others.stream()).toList())
          : new Attempt.Unread<>(unreadInstances);
    }

    private Attempt<Tried> tried() {
      return tried == null ? new Attempt.Unread<>("none") : new Attempt.Seen<>(tried);
    }

    Hop at(Station station) {
      return diagnosis().hops().stream()
          .filter(hop -> hop.at() == station)
          .findFirst()
          .orElseThrow();
    }
  }

  private static GroupRule rule(int from, int to, List<Cidr> sources) {
    return new GroupRule(GROUP, 6, from, to, sources, List.of(), false);
  }

  private static Attempt<List<GroupRule>> out(int protocol, int from, int to, String cidr) {
    return new Attempt.Seen<>(
        List.of(
            new GroupRule(VPN_GROUP, protocol, from, to, Cidr.list(cidr), List.of(), false),
            // Another instance's.
            new GroupRule(GROUP, -1, -1, -1, Cidr.list("0.0.0.0/0"), List.of(), false)));
  }

  private static Route local(String cidr) {
    return new Route(new Cidr(cidr), Route.LOCAL, Route.State.ACTIVE);
  }

  private static Route to(String cidr) {
    return new Route(new Cidr(cidr), Samples.PEERING.value(), Route.State.ACTIVE);
  }

  private static Route internet() {
    return new Route(new Cidr("0.0.0.0/0"), "igw-0123456789abcdef0", Route.State.ACTIVE);
  }

  private static Attempt<Optional<RouteTable>> seen(
      String id,
      VpcId vpc,
      List<Route> routes,
      List<PrefixListRoute> lists,
      Map<String, String> tags) {
    return new Attempt.Seen<>(
        Optional.of(
            new RouteTable(
                new RouteTableId(id), vpc, List.copyOf(routes), List.copyOf(lists), tags)));
  }

  private static List<NetworkAcl.Rule> all() {
    return List.of(
        rule(100, NetworkAcl.Direction.INBOUND, true, 1, 65535),
        rule(100, NetworkAcl.Direction.OUTBOUND, true, 1, 65535));
  }

  private static NetworkAcl.Rule rule(
      int number, NetworkAcl.Direction direction, boolean allows, int from, int to) {
    return new NetworkAcl.Rule(number, direction, allows, 6, new Cidr("0.0.0.0/0"), from, to);
  }

  private static AclSight acls(String subnet, List<NetworkAcl.Rule> rules) {
    return new AclSight.Seen(
        new Complete<>(List.of(new NetworkAcl("acl-1", Samples.HUB_VPC, List.of(subnet), rules))));
  }

  private static AclSight denying(String subnet, NetworkAcl.Direction direction, int from, int to) {
    return acls(
        subnet,
        Stream.concat(all().stream(), Stream.of(rule(50, direction, false, from, to))).toList());
  }

  private static Arguments broken(Station at, String evidence, Consumer<Path> how) {
    return Arguments.of(at, evidence, how);
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        broken(
            Station.PUSH,
            "sends clients no route to 10.110.0.0/16",
            p -> p.unpushed = Cidr.list("10.110.0.0/16")),
        broken(Station.VPN_INSTANCE, "i-00000001 does not run", p -> p.runs = false),
        broken(
            Station.VPN_INSTANCE,
            "no instance of vpc-0aaaaaaaaaaaaaaaa has the tag",
            p -> p.noInstance = true),
        broken(Station.AGENT, "DeliveryTimedOut", p -> p.silent = true),
        broken(Station.FORWARDING, "is off on i-00000001", p -> p.forward = false),
        broken(
            Station.FOREIGN_CHAINS,
            "chain forward of table inet filter",
            p ->
                p.chains =
                    List.of(new ForeignChain("inet filter", "forward", "policy drop", null))),
        broken(Station.NAT, "not as Peerway writes it", p -> p.rules = false),
        broken(
            Station.NAT, "translates for [10.9.0.0/24]", p -> p.clients = Cidr.list("10.9.0.0/24")),
        broken(
            Station.NAT,
            "does not translate to 10.110.0.10",
            p -> p.services = Cidr.list("10.120.0.0/24")),
        broken(
            Station.VPN_GROUPS,
            "no rule of sg-00000009 lets packets out to tcp/22 of 10.110.0.10/32",
            p -> p.outbound = new Attempt.Seen<>(List.of())),
        broken(
            Station.VPN_GROUPS,
            "no rule of sg-00000009 lets packets out",
            p -> p.outbound = out(6, 443, 443, "0.0.0.0/0")),
        broken(
            Station.VPN_GROUPS,
            "no rule of sg-00000009 lets packets out",
            p -> p.outbound = out(-1, -1, -1, "10.120.0.0/16")),
        broken(
            Station.HUB_ROUTE,
            "10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 is missing",
            p -> p.hubRoutes.remove(1)),
        broken(
            Station.HUB_ROUTE,
            "10.110.0.0/24 -> tgw-1, narrower than the route",
            p ->
                p.hubRoutes.add(new Route(new Cidr("10.110.0.0/24"), "tgw-1", Route.State.ACTIVE))),
        broken(
            Station.HUB_ROUTE,
            "10.110.0.0/24 (of pl-00000001) -> tgw-1",
            p -> p.lists.add(new PrefixListRoute(LIST, "tgw-1", Route.State.ACTIVE))),
        broken(
            Station.HUB_ROUTE,
            "a blackhole",
            p ->
                p.hubRoutes.set(
                    1,
                    new Route(new Cidr("10.110.0.0/16"), "pcx-00000009", Route.State.BLACKHOLE))),
        broken(
            Station.HUB_ROUTE,
            "the tag peerway:routes=skip tells Peerway to leave the table alone",
            p -> {
              p.hubRoutes.remove(1);
              p.hubTags = Map.of(Tags.ROUTES, "skip");
            }),
        broken(Station.PEERING, "is gone", p -> p.peering = null),
        broken(
            Station.HUB_ACL,
            "rule 50 denies tcp/22 outbound",
            p -> p.hubAcls = denying("subnet-hub", NetworkAcl.Direction.OUTBOUND, 22, 22)),
        broken(
            Station.PEERING,
            "is deleted",
            p -> p.peering = Samples.in(Objects.requireNonNull(p.peering), PeeringStatus.DELETED)),
        broken(
            Station.SERVICE_ACL,
            "rule 50 denies tcp/22 inbound",
            p -> p.serviceAcls = denying("subnet-service", NetworkAcl.Direction.INBOUND, 22, 22)),
        broken(
            Station.INTERFACE,
            "nothing in vpc-0bbbbbbbbbbbbbbbb has the address",
            p -> p.hasFace = false),
        broken(
            Station.SECURITY_GROUPS,
            "no rule of sg-00000001 lets 10.100.0.10/32 in to tcp/22",
            p -> p.inbound = List.of()),
        broken(
            Station.SECURITY_GROUPS,
            "no rule of sg-00000001",
            p -> p.inbound = List.of(rule(80, 443, List.of(VPN)))),
        broken(
            Station.SERVICE_ROUTE,
            "10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 is missing",
            p -> p.serviceRoutes.remove(1)),
        broken(
            Station.SERVICE_ACL_BACK,
            "rule 50 denies tcp/1024-65535 (answers) outbound",
            p ->
                p.serviceAcls =
                    denying("subnet-service", NetworkAcl.Direction.OUTBOUND, 1024, 65535)),
        broken(
            Station.HUB_ACL_BACK,
            "rule 50 denies tcp/1024-65535 (answers) inbound",
            p -> p.hubAcls = denying("subnet-hub", NetworkAcl.Direction.INBOUND, 1024, 65535)),
        broken(Station.PROBE, "timed out", p -> {}));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ways")
  void the_first_station_that_is_wrong_is_the_one_that_was_broken(
      Station at, String evidence, Consumer<Path> how) {
    Path path = new Path();
    how.accept(path);
    Diagnosis diagnosis = path.diagnosis();
    Hop first = diagnosis.first().orElseThrow();
    assertThat(first.at()).isEqualTo(at);
    assertThat(first.evidence()).contains(evidence);
    assertThat(diagnosis.summary()).contains(first.evidence());
    assertThat(diagnosis.hops()).extracting(Hop::at).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_path_that_works_has_nothing_wrong() {
    Path path = new Path();
    path.tried = new Tried(Outcome.REACHED, "connected");
    assertThat(path.diagnosis().summary()).isEqualTo("The VPN reaches tcp/22 of 10.110.0.10.");
    assertThat(path.diagnosis().hops())
        .hasSize(Station.values().length)
        .allMatch(hop -> hop.verdict() == Verdict.RIGHT);
  }

  @Test
  void a_target_that_does_not_listen_is_told_from_one_that_is_not_reached() {
    Path path = new Path();
    path.tried = new Tried(Outcome.REFUSED, "Connection refused");
    assertThat(path.diagnosis().summary())
        .startsWith("The way to tcp/22 of 10.110.0.10 is open, and nothing listens there");
  }

  @Test
  void what_a_try_went_through_is_not_called_wrong() {
    Path path = new Path();
    path.inbound = List.of();
    path.tried = new Tried(Outcome.REACHED, "connected");
    assertThat(path.diagnosis().first()).isEmpty();
    assertThat(path.diagnosis().hops())
        .filteredOn(hop -> hop.verdict() == Verdict.UNKNOWN)
        .singleElement()
        .extracting(Hop::at)
        .isEqualTo(Station.SECURITY_GROUPS);
  }

  @Test
  void a_try_from_the_instance_says_nothing_of_what_it_does_to_clients() {
    Path path = new Path();
    path.rules = false;
    path.tried = new Tried(Outcome.REACHED, "connected");
    assertThat(path.diagnosis().first()).map(Hop::at).contains(Station.NAT);
  }

  @Test
  void a_service_that_cannot_be_read_is_unknown_and_not_wrong() {
    Path path = new Path();
    path.unread = "the role is gone";
    path.tried = new Tried(Outcome.REACHED, "connected");
    assertThat(path.diagnosis().summary())
        .contains("Nothing wrong was found", "its security groups");
  }

  @Test
  void a_missing_route_leads_to_who_took_it_away_and_to_peerway_s_own_repair() {
    Path path = new Path();
    path.serviceRoutes.remove(1);
    Hop first = path.diagnosis().first().orElseThrow();
    assertThat(first.mend())
        .contains("start-execution", ":connect", "\"peeringId\":\"pcx-0a1b2c3d4e5f60718\"");
    assertThat(first.trail())
        .isEqualTo(
            new Hop.Trail(
                List.of(Samples.connection().service()),
                List.of("rtb-10000001"),
                new Loss.OfRoute(
                    Samples.SERVICE_VPC,
                    new RouteTableId("rtb-10000001"),
                    new Cidr("10.100.0.0/16"),
                    Samples.PEERING)));
  }

  @Test
  void a_list_that_cannot_be_read_makes_the_route_unknown() {
    Path path = new Path();
    path.lists.add(new PrefixListRoute(LIST, "tgw-1", Route.State.ACTIVE));
    path.list = new PrefixListSight.Unknown("denied");
    assertThat(path.diagnosis().hops())
        .filteredOn(hop -> hop.at() == Station.HUB_ROUTE)
        .singleElement()
        .satisfies(hop -> assertThat(hop.verdict()).isEqualTo(Verdict.UNKNOWN));
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void a_rule_for_every_protocol_or_from_a_list_lets_in(Port.Protocol protocol) {
    Path path = new Path();
    path.port = new Port.Range(protocol, 5000, 5000);
    path.list = new PrefixListSight.Seen(Cidr.list("10.100.0.0/24"));
    for (GroupRule rule :
        List.of(
            new GroupRule(GROUP, -1, -1, -1, Cidr.list("10.0.0.0/8"), List.of(), false),
            new GroupRule(
                GROUP,
                protocol == Port.Protocol.TCP ? 6 : 17,
                1,
                65535,
                List.of(),
                List.of(LIST),
                false))) {
      path.inbound = List.of(rule);
      assertThat(path.diagnosis().hops())
          .filteredOn(hop -> hop.at() == Station.SECURITY_GROUPS)
          .singleElement()
          .satisfies(hop -> assertThat(hop.verdict()).isEqualTo(Verdict.RIGHT));
    }
  }

  @Test
  void what_the_vpn_instance_may_not_send_leads_to_its_group_and_the_rule_that_is_missing() {
    Path path = new Path();
    path.outbound = new Attempt.Seen<>(List.of());
    Hop first = path.diagnosis().first().orElseThrow();
    assertThat(first.mend())
        .isEqualTo(
            "aws ec2 authorize-security-group-egress --region eu-west-1 --group-id sg-00000009"
                + " --ip-permissions"
                + " 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=10.110.0.0/16}]'");
    assertThat(first.trail())
        .isEqualTo(
            new Hop.Trail(
                List.of(Samples.connection().hub()), List.of("i-00000001", "sg-00000009"), null));
    path.port = new Port.Icmp();
    assertThat(path.diagnosis().first().orElseThrow().mend())
        .contains("'IpProtocol=icmp,FromPort=-1,ToPort=-1,");
  }

  @Test
  void a_rule_that_names_groups_of_the_other_vpc_is_unknown_and_so_is_one_that_cannot_be_read() {
    Path path = new Path();
    for (Attempt<List<GroupRule>> unsure :
        List.<Attempt<List<GroupRule>>>of(
            new Attempt.Unread<>("denied"),
            new Attempt.Seen<>(
                List.of(new GroupRule(VPN_GROUP, 6, 22, 22, List.of(), List.of(), true))))) {
      path.outbound = unsure;
      assertThat(path.diagnosis().hops())
          .filteredOn(hop -> hop.at() == Station.VPN_GROUPS)
          .singleElement()
          .satisfies(hop -> assertThat(hop.verdict()).isEqualTo(Verdict.UNKNOWN));
    }
  }

  @Test
  void mends_name_the_region_of_what_they_mend() {
    assertThat(Mends.showAcl(new Region("eu-west-1"), "acl-1"))
        .isEqualTo("aws ec2 describe-network-acls --region eu-west-1 --network-acl-ids acl-1");
  }

  // ---- The VPN instances -----------------------------------------------------------------------

  @Test
  void of_an_instance_that_was_not_asked_nothing_is_known_and_a_wrong_station_stays_wrong() {
    Path path = new Path();
    path.asked = false;
    path.inbound = List.of();
    assertUnknown(path, Station.NAT, "i-00000001 was not asked");
    assertUnknown(path, Station.PROBE, "nothing was tried from i-00000001");
    assertThat(path.at(Station.SECURITY_GROUPS).isWrong()).isTrue();
  }

  @Test
  void an_instance_that_stands_still_is_started_and_nothing_is_known_of_what_it_would_do() {
    Path path = new Path();
    path.runs = false;
    assertThat(path.at(Station.VPN_INSTANCE))
        .isEqualTo(
            Hop.wrong(
                Station.VPN_INSTANCE,
                "i-00000001 does not run",
                MENDS.start(INSTANCE),
                Hop.Trail.of(Samples.connection().hub(), "i-00000001")));
    for (Station station : List.of(Station.AGENT, Station.PUSH, Station.NAT, Station.PROBE)) {
      assertUnknown(path, station, "i-00000001 does not run");
    }
  }

  @Test
  void one_that_stands_still_is_in_nobody_s_way_while_another_runs() {
    Path path = new Path();
    path.others = List.of(another(false));
    assertThat(path.at(Station.VPN_INSTANCE))
        .isEqualTo(Hop.right(Station.VPN_INSTANCE, "i-00000001 runs"));
    path.runs = false;
    assertThat(path.at(Station.VPN_INSTANCE).isWrong()).isTrue();
  }

  @Test
  void of_two_instances_that_differ_the_worse_one_is_told_and_of_two_alike_the_first() {
    Path path = new Path();
    path.outbound = new Attempt.Seen<>(List.of());
    path.others = List.of(another(true));
    assertThat(path.at(Station.VPN_GROUPS).evidence()).contains("sg-00000009");
    path.outbound = out(6, 22, 22, "0.0.0.0/0");
    assertThat(path.at(Station.VPN_GROUPS).evidence()).startsWith("no rule of no group lets");
  }

  @Test
  void an_instance_without_a_group_has_none_to_be_opened() {
    Path path = new Path();
    path.vpnGroups = List.of();
    assertThat(path.at(Station.VPN_GROUPS))
        .satisfies(
            hop -> {
              assertThat(hop.evidence())
                  .isEqualTo("no rule of no group lets packets out to tcp/22 of 10.110.0.10/32");
              assertThat(hop.mend()).isNull();
              assertThat(hop.trail())
                  .isEqualTo(Hop.Trail.of(Samples.connection().hub(), "i-00000001"));
            });
  }

  @Test
  void what_openvpn_does_not_push_is_told_where_it_concerns_the_address() {
    Path path = new Path();
    path.unpushed = Cidr.list("10.120.0.0/24");
    assertThat(path.at(Station.PUSH))
        .isEqualTo(
            Hop.right(Station.PUSH, "OpenVPN on i-00000001 sends clients a route to 10.110.0.10"));
    path.unpushedCount = 2;
    assertUnknown(path, Station.PUSH, "i-00000001 does not push more networks than it can list");
    path.unpushed = Cidr.list("10.120.0.0/24 10.110.0.0/16");
    assertThat(path.at(Station.PUSH).mend())
        .isEqualTo("add to /etc/openvpn/server.conf: push \"route 10.110.0.0 255.255.0.0\"");
    path.unpushed = null;
    assertUnknown(
        path, Station.PUSH, "no configuration of an OpenVPN server was found on i-00000001");
  }

  @Test
  void what_is_peerway_s_own_on_an_instance_is_put_right_by_a_run_of_connect() {
    for (Consumer<Path> how :
        List.<Consumer<Path>>of(p -> p.rules = false, p -> p.forward = false)) {
      Path path = new Path();
      how.accept(path);
      assertThat(path.diagnosis().first().orElseThrow().mend())
          .isEqualTo(MENDS.connection(Samples.PEERING));
    }
    Path path = new Path();
    path.silent = true;
    assertThat(path.at(Station.AGENT).mend()).isEqualTo(MENDS.showAgent(INSTANCE));
  }

  @Test
  void a_set_too_long_to_be_listed_leaves_the_translation_unknown() {
    Path path = new Path();
    path.services = null;
    assertUnknown(path, Station.NAT, "i-00000001 translates to too many CIDRs to list them");
  }

  @Test
  void where_nothing_was_tried_the_way_that_aws_shows_is_all_that_is_known() {
    Path path = new Path();
    path.tried = new Tried(Outcome.NOT_TRIED, "UDP need not answer");
    assertUnknown(path, Station.PROBE, "from i-00000001: UDP need not answer");
    assertThat(path.diagnosis().summary())
        .isEqualTo(
            "Nothing wrong was found on the way to tcp/22 of 10.110.0.10; not known: a try from the"
                + " VPN instance.");
  }

  @Test
  void where_all_is_right_and_nothing_answers_people_look_at_the_machine_itself() {
    assertThat(new Path().diagnosis().summary())
        .startsWith("All that AWS shows of the way to tcp/22 of 10.110.0.10 is right")
        .contains("from i-00000001: Connection timed out");
  }

  @ParameterizedTest
  @EnumSource(names = {"REACHED", "REFUSED"})
  void whatever_answered_a_try_went_through_all_that_lies_on_the_way(Outcome answered) {
    Path path = new Path();
    path.outbound = new Attempt.Seen<>(List.of());
    path.hubAcls = denying("subnet-hub", NetworkAcl.Direction.INBOUND, 1024, 65535);
    path.serviceTable = new Attempt.Unread<>("denied");
    path.tried = new Tried(answered, "so");
    assertUnknown(
        path,
        Station.VPN_GROUPS,
        "no rule of sg-00000009 lets packets out to tcp/22 of 10.110.0.10/32; but a try was"
            + " answered");
    assertThat(path.at(Station.HUB_ACL_BACK).evidence()).endsWith("; but a try was answered");
    assertUnknown(path, Station.SERVICE_ROUTE, "denied");
    assertThat(path.at(Station.PROBE).verdict())
        .isEqualTo(answered == Outcome.REACHED ? Verdict.RIGHT : Verdict.WRONG);
  }

  // ---- The hub VPC and the peering connection --------------------------------------------------

  @Test
  void a_client_pool_that_overlaps_the_hub_vpc_is_wrong_and_without_its_cidrs_unknown() {
    Path path = new Path();
    path.connection = withHub("10.100.0.0/16 172.168.0.0/16");
    assertThat(path.at(Station.CLIENT_POOL))
        .isEqualTo(
            Hop.wrong(
                Station.CLIENT_POOL,
                "[172.168.0.0/24] overlaps the hub VPC's [10.100.0.0/16, 172.168.0.0/16]",
                null,
                null));
    path.connection = withHub("");
    assertUnknown(path, Station.CLIENT_POOL, "the hub VPC's CIDRs could not be read");
  }

  @Test
  void a_peering_connection_that_is_gone_is_asked_about_on_both_sides() {
    Path path = new Path();
    path.peering = null;
    assertThat(path.at(Station.PEERING))
        .isEqualTo(
            Hop.wrong(
                Station.PEERING,
                "pcx-0a1b2c3d4e5f60718 is gone",
                MENDS.connection(Samples.PEERING),
                new Hop.Trail(
                    List.of(Samples.connection().service(), Samples.connection().hub()),
                    List.of("pcx-0a1b2c3d4e5f60718"),
                    null)));
    path.unreadPeering = "throttled";
    assertUnknown(path, Station.PEERING, "throttled");
  }

  @Test
  void a_route_table_that_cannot_be_read_or_is_not_there_leaves_the_route_unknown() {
    Path path = new Path();
    path.hubTable = new Attempt.Unread<>("throttled");
    path.serviceTable = path.hubTable;
    assertUnknown(path, Station.HUB_ROUTE, "throttled");
    assertUnknown(path, Station.SERVICE_ROUTE, "throttled");
    path.hubTable = new Attempt.Seen<>(Optional.empty());
    path.serviceTable = path.hubTable;
    assertUnknown(path, Station.HUB_ROUTE, "the route table of subnet-hub was not found");
    assertUnknown(path, Station.SERVICE_ROUTE, "the route table of its subnet was not found");
  }

  @Test
  void a_network_acl_that_cannot_be_read_or_is_of_other_subnets_leaves_its_station_unknown() {
    Path path = new Path();
    path.hubAcls = new AclSight.Unknown("denied");
    path.serviceAcls = acls("subnet-other", all());
    assertUnknown(path, Station.HUB_ACL, "the network ACLs of vpc-0aaaaaaaaaaaaaaaa: denied");
    assertUnknown(path, Station.SERVICE_ACL, "no network ACL of subnet-service was found");
  }

  @Test
  void a_rule_of_a_network_acl_is_shown_to_whoever_may_change_it() {
    Path path = new Path();
    path.hubAcls = denying("subnet-hub", NetworkAcl.Direction.OUTBOUND, 22, 22);
    assertThat(path.at(Station.HUB_ACL))
        .satisfies(
            hop -> {
              assertThat(hop.mend()).isEqualTo(Mends.showAcl(Samples.REGION, "acl-1"));
              assertThat(hop.trail()).isEqualTo(Hop.Trail.of(Samples.connection().hub(), "acl-1"));
            });
  }

  // ---- Routes ----------------------------------------------------------------------------------

  @Test
  void a_dead_route_of_others_is_deleted_and_one_of_ours_or_of_a_list_is_not() {
    Path path = new Path();
    path.hubRoutes.set(1, dead("10.110.0.0/16", "pcx-00000009"));
    assertRoute(path, deleting("10.110.0.0/16"), "pcx-00000009");
    path.hubRoutes.set(1, dead("10.110.0.0/16", Samples.PEERING.value()));
    assertRoute(path, MENDS.connection(Samples.PEERING), Samples.PEERING.value());
    path.hubRoutes.remove(1);
    path.lists.add(new PrefixListRoute(LIST, "tgw-1", Route.State.BLACKHOLE));
    assertRoute(path, MENDS.connection(Samples.PEERING), "tgw-1");
  }

  @Test
  void a_narrower_route_is_deleted_where_somebody_has_written_it_into_the_table_itself() {
    Path path = new Path();
    path.hubRoutes.add(new Route(new Cidr("10.110.0.0/24"), "tgw-1", Route.State.ACTIVE));
    assertRoute(path, deleting("10.110.0.0/24"), "rtb-00000001");
    path.hubRoutes.set(
        path.hubRoutes.size() - 1,
        new Route(new Cidr("10.110.0.0/24"), "vgw-1", Route.State.ACTIVE, Route.Origin.PROPAGATED));
    assertRoute(path, null, "rtb-00000001");
    path.hubRoutes.set(path.hubRoutes.size() - 1, local("10.110.0.0/24"));
    assertRoute(path, null, "rtb-00000001");
    path.hubRoutes.removeLast();
    path.lists.add(new PrefixListRoute(LIST, "tgw-1", Route.State.ACTIVE));
    assertRoute(path, null, "rtb-00000001");
  }

  @Test
  void a_route_of_others_in_the_place_of_ours_is_deleted_and_a_wider_one_is_left() {
    Path path = new Path();
    path.hubRoutes.set(1, new Route(new Cidr("10.110.0.0/16"), "tgw-1", Route.State.ACTIVE));
    Hop taken = path.at(Station.HUB_ROUTE);
    assertThat(taken.evidence())
        .isEqualTo(
            "rtb-00000001 has 10.110.0.0/16 -> tgw-1; 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 is"
                + " missing");
    assertThat(taken.mend()).isEqualTo(deleting("10.110.0.0/16"));
    assertThat(Objects.requireNonNull(taken.trail()).lost())
        .isEqualTo(
            new Loss.OfRoute(
                Samples.HUB_VPC,
                new RouteTableId("rtb-00000001"),
                new Cidr("10.110.0.0/16"),
                Samples.PEERING));
    path.hubRoutes.remove(1);
    path.hubTags = Map.of(Tags.ROUTES, "skip");
    assertRoute(path, Mends.unskip(Samples.REGION, "rtb-00000001"), "rtb-00000001");
    path.hubTags = Map.of();
    assertThat(path.at(Station.HUB_ROUTE).mend()).isEqualTo(MENDS.connection(Samples.PEERING));
  }

  @Test
  void a_route_to_other_addresses_of_the_service_does_not_make_that_of_others_a_narrower_one() {
    Path path = new Path();
    path.hubRoutes.set(1, new Route(new Cidr("10.0.0.0/8"), "tgw-1", Route.State.ACTIVE));
    assertThat(path.at(Station.HUB_ROUTE).evidence())
        .isEqualTo(
            "rtb-00000001 has 10.0.0.0/8 -> tgw-1; 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 is"
                + " missing");
    assertThat(path.at(Station.HUB_ROUTE).mend()).isEqualTo(MENDS.connection(Samples.PEERING));
  }

  @Test
  void where_the_cidrs_of_an_end_are_not_known_the_address_itself_is_missing() {
    Path path = new Path();
    path.connection = Samples.connection().withServiceCidrs(Cidr.list("10.120.0.0/24"));
    path.hubRoutes.remove(1);
    assertThat(path.at(Station.HUB_ROUTE).evidence())
        .endsWith("; 10.110.0.10/32 -> pcx-0a1b2c3d4e5f60718 is missing");
    path.connection = withHub("10.101.0.0/16");
    path.serviceRoutes.remove(1);
    assertThat(path.at(Station.SERVICE_ROUTE).evidence())
        .endsWith("; 10.100.0.10/32 -> pcx-0a1b2c3d4e5f60718 is missing");
  }

  // ---- The service VPC -------------------------------------------------------------------------

  @Test
  void the_interface_says_which_instance_has_it_if_one_has() {
    Path path = new Path();
    assertThat(path.at(Station.INTERFACE).evidence()).isEqualTo("eni-1 in subnet-service");
    path.faceOf = new InstanceId("i-0123456789abcdef0");
    assertThat(path.at(Station.INTERFACE).evidence())
        .isEqualTo("eni-1 of i-0123456789abcdef0 in subnet-service");
  }

  @Test
  void where_nothing_has_the_address_nothing_is_known_of_what_would_let_it_in() {
    Path path = new Path();
    path.hasFace = false;
    for (Station station :
        List.of(
            Station.SERVICE_ACL,
            Station.SECURITY_GROUPS,
            Station.SERVICE_ROUTE,
            Station.SERVICE_ACL_BACK)) {
      assertUnknown(path, station, "nothing in vpc-0bbbbbbbbbbbbbbbb has the address 10.110.0.10");
    }
  }

  @Test
  void a_group_that_lets_nobody_in_is_opened_by_its_tag_and_without_a_group_there_is_none() {
    Path path = new Path();
    path.inbound = List.of();
    path.groups = List.of(VPN_GROUP, GROUP);
    assertThat(path.at(Station.SECURITY_GROUPS))
        .isEqualTo(
            Hop.wrong(
                Station.SECURITY_GROUPS,
                "no rule of sg-00000001, sg-00000009 lets 10.100.0.10/32 in to tcp/22",
                Mends.allow(Samples.REGION, "sg-00000009", "tcp/22"),
                Hop.Trail.of(
                    Samples.connection().service(), "eni-1", "sg-00000009", "sg-00000001")));
    path.groups = List.of();
    assertThat(path.at(Station.SECURITY_GROUPS).mend()).isNull();
  }

  @Test
  void of_many_groups_no_more_are_asked_about_than_a_step_has_time_for() {
    List<SecurityGroupId> many =
        Stream.of("1", "2", "3", "4", "5", "6")
            .map(n -> new SecurityGroupId("sg-0000000" + n))
            .toList();
    assertThat(Hop.Trail.ofGroups(Samples.serviceSide(), "eni-1", many).resources())
        .containsExactly("eni-1", "sg-00000001", "sg-00000002", "sg-00000003", "sg-00000004");
  }

  static Stream<Arguments> rules() {
    Port range = new Port.Range(Port.Protocol.TCP, 100, 200);
    Port udp = new Port.Range(Port.Protocol.UDP, 100, 200);
    return Stream.of(
        Arguments.of(range, 6, 100, 200, Verdict.RIGHT),
        Arguments.of(range, 6, 101, 200, Verdict.WRONG),
        Arguments.of(range, 6, 100, 199, Verdict.WRONG),
        Arguments.of(range, 6, -1, -1, Verdict.RIGHT),
        Arguments.of(range, 17, 100, 200, Verdict.WRONG),
        Arguments.of(udp, 17, 100, 200, Verdict.RIGHT),
        Arguments.of(udp, 6, 100, 200, Verdict.WRONG),
        Arguments.of(new Port.Icmp(), 1, -1, -1, Verdict.RIGHT),
        Arguments.of(new Port.Icmp(), 1, 8, -1, Verdict.RIGHT),
        Arguments.of(new Port.Icmp(), 1, 0, -1, Verdict.WRONG),
        Arguments.of(new Port.Icmp(), 6, 8, 8, Verdict.WRONG));
  }

  @ParameterizedTest(name = "{0} by protocol {1} from {2} to {3}: {4}")
  @MethodSource("rules")
  void a_rule_lets_in_what_lies_within_its_protocol_and_ports(
      Port port, int protocol, int from, int to, Verdict verdict) {
    Path path = new Path();
    path.port = port;
    path.inbound =
        List.of(new GroupRule(GROUP, protocol, from, to, List.of(VPN), List.of(), false));
    assertThat(path.at(Station.SECURITY_GROUPS).verdict()).isEqualTo(verdict);
  }

  @Test
  void a_rule_for_others_or_by_a_list_of_others_lets_nobody_in() {
    Path path = new Path();
    path.inbound =
        List.of(new GroupRule(GROUP, 6, 22, 22, Cidr.list("10.99.0.0/16"), List.of(LIST), false));
    path.list = new PrefixListSight.Seen(Cidr.list("10.98.0.0/16"));
    assertThat(path.at(Station.SECURITY_GROUPS).isWrong()).isTrue();
    path.list = new PrefixListSight.Seen(Cidr.list("10.98.0.0/16 10.100.0.0/16"));
    assertThat(path.at(Station.SECURITY_GROUPS).evidence())
        .isEqualTo("sg-00000001 lets 10.100.0.10/32 in to tcp/22, by pl-00000001");
    path.list = new PrefixListSight.Unknown("denied");
    assertUnknown(path, Station.SECURITY_GROUPS, "pl-00000001: denied");
    path.inbound = List.of(new GroupRule(GROUP, 6, 22, 22, List.of(), List.of(UNREAD), false));
    assertUnknown(path, Station.SECURITY_GROUPS, "pl-00000002: it was not read");
    path.inbound = List.of(rule(22, 22, List.of(VPN)));
    assertThat(path.at(Station.SECURITY_GROUPS).evidence())
        .isEqualTo("sg-00000001 lets 10.100.0.10/32 in to tcp/22");
  }

  // ---- What people are told --------------------------------------------------------------------

  @Test
  void only_the_first_station_that_is_wrong_says_who_changed_it() {
    Path path = new Path();
    path.hubRoutes.remove(1);
    path.serviceRoutes.remove(1);
    Answer answer = Answer.of(path.diagnosis(), "somebody");
    assertThat(answer.summary()).endsWith(" is missing. Changed last by somebody.");
    assertThat(answer.hops())
        .filteredOn(line -> line.changed() != null)
        .singleElement()
        .isEqualTo(answer.first())
        .satisfies(
            line -> {
              assertThat(line.at()).isEqualTo(Station.HUB_ROUTE);
              assertThat(line.what()).isEqualTo("the route from its subnet");
            });
    assertThat(Answer.of(path.diagnosis(), null).summary()).endsWith(" is missing.");
  }

  private static void assertUnknown(Path path, Station station, String evidence) {
    assertThat(path.at(station)).isEqualTo(Hop.unknown(station, evidence));
  }

  private static void assertRoute(Path path, @Nullable String mend, String resource) {
    Hop hop = path.at(Station.HUB_ROUTE);
    assertThat(hop.isWrong()).isTrue();
    assertThat(hop.mend()).isEqualTo(mend);
    assertThat(hop.trail()).isEqualTo(Hop.Trail.of(Samples.connection().hub(), resource));
  }

  private static String deleting(String destination) {
    return Mends.deleteRoute(Samples.REGION, "rtb-00000001", destination);
  }

  private static Route dead(String destination, String target) {
    return new Route(new Cidr(destination), target, Route.State.BLACKHOLE);
  }

  private static VpnInstance another(boolean runs) {
    return new VpnInstance(
        new InstanceId("i-00000002"), List.of(VPN), runs, List.of("subnet-hub"), List.of());
  }

  private static Connection withHub(String cidrs) {
    Connection sample = Samples.connection();
    VpcSide hub = sample.hub();
    return new Connection(
        sample.peeringId(),
        sample.accepter(),
        new VpcSide(hub.account(), hub.region(), hub.vpc(), Cidr.list(cidrs)),
        sample.service());
  }
}
