package io.peerway.plan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final Port SSH = new Port.Range(Port.Protocol.TCP, 22, 22);
  private static final Mends MENDS =
      new Mends("arn:aws:states:eu-west-1:123456789012:stateMachine:connect", Samples.REGION);

  /** A path that works, to be broken. */
  private static final class Path {
    Port port = SSH;
    @Nullable Peering peering =
        Samples.tagged(
            Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24");
    boolean runs = true;
    boolean noInstance;
    boolean silent;
    boolean forward = true;
    boolean rules = true;
    List<Cidr> clients = Cidr.list("172.168.0.0/24");
    List<Cidr> services = Samples.SERVICE_CIDRS;
    List<ForeignChain> chains = List.of();
    List<Cidr> unpushed = List.of();
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
          new VpnInstance(INSTANCE, List.of(VPN), runs, List.of("subnet-hub"), List.of(VPN_GROUP));
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
                      unpushed.size(),
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
                              List.of(GROUP),
                              TARGET,
                              null))
                      : Optional.empty())
              : new Attempt.Unread<>(unread);
      return Diagnosis.of(
          new Sight(
              "10.110.0.10",
              TARGET,
              port,
              Cidr.list("172.168.0.0/24"),
              Samples.connection(),
              new Attempt.Seen<>(Optional.ofNullable(peering)),
              new Sight.HubEnd(
                  noInstance ? new Attempt.Seen<>(List.of()) : instances(instance),
                  Map.of(
                      "subnet-hub",
                      new Attempt.Seen<>(
                          Optional.of(
                              table("rtb-00000001", Samples.HUB_VPC, hubRoutes, lists, hubTags)))),
                  seen,
                  hubAcls,
                  outbound,
                  Map.of(INSTANCE, answer),
                  Map.of(
                      INSTANCE,
                      tried == null ? new Attempt.Unread<>("none") : new Attempt.Seen<>(tried))),
              new Sight.ServiceEnd(
                  face,
                  new Attempt.Seen<>(
                      Optional.of(
                          table(
                              "rtb-10000001",
                              Samples.SERVICE_VPC,
                              serviceRoutes,
                              List.of(),
                              Map.of()))),
                  seen,
                  serviceAcls,
                  new Attempt.Seen<>(inbound))),
          MENDS);
    }

    private Attempt<List<VpnInstance>> instances(VpnInstance one) {
      return unreadInstances.isEmpty()
          ? new Attempt.Seen<>(List.of(one))
          : new Attempt.Unread<>(unreadInstances);
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

  private static RouteTable table(
      String id,
      VpcId vpc,
      List<Route> routes,
      List<PrefixListRoute> lists,
      Map<String, String> tags) {
    return new RouteTable(new RouteTableId(id), vpc, List.copyOf(routes), List.copyOf(lists), tags);
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
}
