package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.scenarios.RigExecutions.Reconciled;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

// Early, because it counts what is read: what other scenarios leave would be read as well.
@Order(2)
@ExtendWith(RigExtension.class)
@DisplayName("Reconcile")
final class ReconcileScenarios {
  private static final List<String> FUNCTIONS =
      List.of("ReadHubFunction", "CheckAccountFunction", "CheckVpnFunction", "ReportFunction");

  private final Rig rig;

  ReconcileScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("where nothing has drifted, nothing is changed and nothing is reported")
  void noDrift() {
    Service service = rig.service();
    String peering = connected(service);
    int before = rig.sight().lastCall();

    Reconciled reconciled = repair(peering);

    assertNothingFound(reconciled);
    assertThat(reconciled.output().get("summary").asText())
        .isEqualTo("0 of 1 connection has drifted, 0 unknown, 0 left alone");
    // The instances are asked by the document that does not change anything.
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> FUNCTIONS.contains(call.function()) && call.mutating())
        .extracting(Call::action)
        .containsExactly("ssm:SendCommand");
    assertThat(rig.executions().arns(peering)).hasSize(1);
  }

  @Test
  @DisplayName(
      "deleted routes, a revoked opening and a flushed nft table are planned in one line each, with"
          + " who did it, repaired, and not found again")
  void drift() {
    Service service = rig.service();
    String peering = connected(service);
    String hubTable = rig.hubRouteTables().getFirst();
    String serviceTable = service.routeTables().getFirst();
    String group = service.instance().securityGroup();
    rig.events()
        .unseen(
            () -> {
              rig.ec2(Rig.HUB_ACCOUNT)
                  .deleteRoute(r -> r.routeTableId(hubTable).destinationCidrBlock(service.cidr()));
              rig.ec2(service.account())
                  .deleteRoute(
                      r -> r.routeTableId(serviceTable).destinationCidrBlock(Rig.HUB_CIDR));
              rig.ec2(service.account())
                  .revokeSecurityGroupIngress(
                      r -> r.groupId(group).ipPermissions(sshFrom(rig.lab().vpnAddress())));
            });
    rig.lab()
        .onMachine(rig.lab().vpnInstance(), "nft", "delete table ip peerway; add table ip peerway");
    List<String> routes = rig.sight().routesTo(peering);
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();
    int before = rig.sight().lastCall();

    Reconciled plan = plan(peering);

    assertThat(plan.lines("changes"))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .startsWith(
                        "%s: add route %s -> %s to %s, since "
                            .formatted(peering, service.cidr(), peering, hubTable))
                    .contains(doneIn(Rig.HUB_ACCOUNT)),
            line ->
                assertThat(line)
                    .startsWith(
                        "%s: add route %s -> %s to %s, since "
                            .formatted(peering, Rig.HUB_CIDR, peering, serviceTable))
                    .contains(doneIn(service.account())),
            line ->
                assertThat(line)
                    .startsWith(
                        "%s: allow tcp/22 from %s/32 in %s, since "
                            .formatted(peering, rig.lab().vpnAddress(), group))
                    .contains(doneIn(service.account())),
            line ->
                assertThat(line)
                    // Of all connections there are; a long line is cut.
                    .startsWith("VPN instance " + rig.lab().vpnInstance() + ": translate ["));
    assertThat(plan.output().get("summary").asText())
        .isEqualTo(
            "1 of 1 connection has drifted, 0 unknown, 0 left alone, 1 VPN instance to be set");
    assertNothingChanged(before);
    assertThat(rig.sight().routesTo(peering)).isEqualTo(routes);
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();

    // What was there an hour ago keeps its time.
    assertThat(plan(peering).lines("changes")).isEqualTo(plan.lines("changes"));

    Reconciled repaired = repair(peering);

    assertThat(repaired.output().at("/repaired/0/state").asText()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().routesTo(peering)).hasSize(routes.size() + 2);
    assertNothingFound(plan(peering));
  }

  @Test
  @DisplayName("tags that were taken off while nobody was told are planned with who did it")
  void tagsOffUnseen() {
    Service service = rig.service(Map.of("instance", false));
    String peering = connected(service);
    rig.events().unseen(() -> rig.ec2(Rig.HUB_ACCOUNT).deleteTags(r -> r.resources(peering)));

    assertThat(plan(peering).lines("changes"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(peering + ": write its tags again with [" + service.cidr() + "]")
                    .contains(doneIn(Rig.HUB_ACCOUNT)));

    repair(peering);
    assertNothingFound(plan(peering));
  }

  @Test
  @DisplayName("a flushed nft table alone is repaired by one command, for all connections")
  void natOnly() {
    Service service = rig.service();
    String peering = connected(service);
    rig.lab()
        .onMachine(rig.lab().vpnInstance(), "nft", "delete table ip peerway; add table ip peerway");

    Reconciled repaired = repair(peering);

    assertThat(repaired.output().get("todo")).isEmpty();
    assertThat(rig.executions().arns(peering)).hasSize(1);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("an account whose role is gone is unknown, and nothing of it is deleted")
  void roleGone() {
    Service service = rig.service();
    String peering = connected(service);
    List<String> routes = rig.sight().routesTo(peering);
    rig.people().unequip(service);

    Reconciled reconciled = repair(peering);

    assertThat(reconciled.lines("unknown"))
        .singleElement()
        .asString()
        .startsWith(peering + ": ")
        .contains(service.account());
    assertThat(reconciled.lines("changes")).isEmpty();
    assertThat(reconciled.output().get("todo")).isEmpty();
    assertThat(rig.sight().routesTo(peering)).isEqualTo(routes);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("an account that left the organisation is disconnected, though its event was lost")
  void leftUnseen() {
    Service service = rig.service();
    String peering = connected(service);
    rig.events()
        .unseen(
            () ->
                rig.organizations()
                    .removeAccountFromOrganization(r -> r.accountId(service.account())));

    assertThat(plan(peering).lines("changes"))
        .singleElement()
        .asString()
        .startsWith(peering + ": disconnect, because account " + service.account());
    repair(peering);

    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
  }

  @Test
  @DisplayName("a closed account whose event was lost is disconnected")
  void closedUnseen() {
    Service service = rig.service();
    String peering = connected(service);
    rig.events()
        .unseen(() -> rig.organizations().closeAccount(r -> r.accountId(service.account())));

    assertThat(plan(peering).lines("changes"))
        .singleElement()
        .asString()
        .startsWith(peering + ": disconnect, because account " + service.account());
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("active");

    assertThat(repair(peering).execution().status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
  }

  @Test
  @DisplayName("a peering deleted while nobody was told leaves no route behind")
  void deletedUnseen() {
    Service service = rig.service();
    String peering = connected(service);
    rig.events()
        .unseen(
            () ->
                rig.ec2(service.account())
                    .deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering)));

    assertThat(repair(peering).lines("changes"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        peering + ": disconnect, because the peering connection is deleted"));
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
  }

  @Test
  @DisplayName("a peering and routes made by hand are adopted without a gap")
  void adopted() {
    Service service = rig.service();
    String peering = handMade(service);
    String pool = "172.168.0.0/24";
    rig.lab()
        .onMachine(
            rig.lab().vpnInstance(),
            "nft",
            "add table ip byhand; add chain ip byhand post { type nat hook postrouting priority 101; };"
                + " add rule ip byhand post ip saddr "
                + pool
                + " ip daddr "
                + service.cidr()
                + " masquerade");
    LongSession session = new LongSession(rig, service);

    assertThat(plan(peering).lines("changes"))
        .first()
        .asString()
        .startsWith(peering + ": adopt it with [" + service.cidr() + "]");
    assertThat(repair(peering).output().at("/repaired/0/state").asText()).isEqualTo("SUCCEEDED");

    assertThat(rig.lab().natServices()).contains(service.cidr());
    assertNothingFound(plan(peering));
    session.assertWhole();
    rig.lab().onMachine(rig.lab().vpnInstance(), "nft", "delete", "table", "ip", "byhand");
  }

  @Test
  @DisplayName("a peering made by hand that overlaps another service is listed and left alone")
  void overlappingHandMade() {
    Service connected = rig.service(Map.of("instance", false));
    connected(connected);
    Service service = rig.service(Map.of("cidr", connected.cidr(), "instance", false));
    String[] made = new String[1];
    rig.events().unseen(() -> made[0] = accepted(service));
    String peering = made[0];
    int before = rig.sight().lastCall();

    Reconciled reconciled = repair(peering);

    assertThat(reconciled.lines("leftAlone"))
        .singleElement()
        .asString()
        .startsWith(peering + ": made by hand, and refused by rule ApartFromOtherServices")
        .contains(service.cidr());
    assertThat(reconciled.lines("changes")).isEmpty();
    assertNothingChanged(before);
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("active");
  }

  @Test
  @DisplayName("a tagged VPC whose event was lost is connected")
  void taggedUnseen() {
    Service service = rig.service();
    rig.events().unseen(() -> rig.people().tag(service));
    assertThat(rig.sight().peeringsOf(service)).isEmpty();

    Reconciled plan = rig.executions().reconcile(Map.of("mode", "plan", "accounts", "all"));
    assertThat(plan.lines("changes"))
        .anyMatch(line -> line.startsWith(service.id() + ": connect it"));
    assertThat(rig.sight().peeringsOf(service)).isEmpty();

    Reconciled repaired = rig.executions().reconcile(Map.of("mode", "repair", "accounts", "all"));
    assertThat(repaired.execution().status()).isEqualTo("SUCCEEDED");
    rig.executions().connectedByItself(service);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "where much was there before, one run adopts what is right, connects what is tagged, and"
          + " lists what it leaves alone and why")
  void adoptsAnOrganisation() {
    Service connected = rig.service(Map.of("instance", false));
    connected(connected);
    Service right = rig.service();
    Service overlapping = rig.service(Map.of("cidr", connected.cidr(), "instance", false));
    Service tagged = rig.service();
    String table = rig.hubRouteTables().getFirst();
    String foreign = table + " -> 10.99.0.0/16";
    String adopted = handMade(right);
    String[] made = new String[1];
    rig.events()
        .unseen(
            () -> {
              made[0] = accepted(overlapping);
              rig.ec2(Rig.HUB_ACCOUNT)
                  .createRoute(
                      r ->
                          r.routeTableId(table)
                              .destinationCidrBlock("10.99.0.0/16")
                              .instanceId(rig.lab().vpnInstance()));
              rig.people().tag(tagged);
            });
    String alone = made[0];
    List<String> routes = rig.sight().routesTo(adopted);
    List<String> changes =
        List.of(adopted + ": adopt it with [" + right.cidr() + "]", tagged.id() + ": connect it");
    String leftAlone =
        alone + ": made by hand, and refused by rule ApartFromOtherServices: " + overlapping.cidr();
    int before = rig.sight().lastCall();

    Reconciled plan = rig.executions().reconcile(Map.of("mode", "plan", "accounts", "all"));

    assertFound(plan, changes, leftAlone);
    assertNothingChanged(before);
    assertThat(rig.lab().natServices()).doesNotContain(right.cidr());
    assertThat(rig.sight().peeringsOf(tagged)).isEmpty();

    Reconciled repaired = rig.executions().reconcile(Map.of("mode", "repair", "accounts", "all"));

    assertFound(repaired, changes, leftAlone);
    assertThat(repaired.execution().status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(right, "hostname").stdout()).contains(right.name());
    assertThat(rig.sight().routesTo(adopted)).isEqualTo(routes);
    assertNothingFound(plan(adopted));
    assertNothingFound(plan(rig.executions().connectedByItself(tagged)));
    assertThat(rig.lab().ssh(tagged, "hostname").stdout()).contains(tagged.name());
    assertThat(rig.sight().peeringStatus(alone)).isEqualTo("active");
    assertThat(rig.sight().routesTo(alone)).isEmpty();
    assertThat(rig.sight().routesTo(rig.lab().vpnInstance())).containsExactly(foreign);
    rig.ec2(Rig.HUB_ACCOUNT)
        .deleteRoute(r -> r.routeTableId(table).destinationCidrBlock("10.99.0.0/16"));
  }

  // Among whatever other scenarios have left.
  private static void assertFound(Reconciled found, List<String> changes, String leftAlone) {
    for (String change : changes) {
      assertThat(found.lines("changes")).anyMatch(line -> line.startsWith(change));
    }
    assertThat(found.lines("leftAlone")).anyMatch(line -> line.startsWith(leftAlone));
  }

  @Test
  @DisplayName("with `only`, only that connection is touched")
  void only() {
    Service one = rig.service(Map.of("instance", false));
    Service other = rig.service(Map.of("instance", false));
    String mended = connected(one);
    String left = connected(other);
    String table = rig.hubRouteTables().getFirst();
    rig.events()
        .unseen(
            () -> {
              for (Service service : List.of(one, other)) {
                rig.ec2(Rig.HUB_ACCOUNT)
                    .deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(service.cidr()));
              }
            });
    int before = rig.sight().lastCall();

    assertThat(repair(mended).lines("changes")).hasSize(1);

    assertThat(rig.sight().routesTo(mended)).contains(table + " -> " + one.cidr());
    assertThat(rig.sight().routesTo(left)).doesNotContain(table + " -> " + other.cidr());
    assertThat(rig.sight().callsSince(before))
        .noneMatch(call -> call.account().equals(other.account()));
    assertThat(repair(left).lines("changes")).hasSize(1);
  }

  @Test
  @DisplayName("a pending request that nobody forwarded is decided")
  void pendingUnseen() {
    Service service = rig.service();
    String[] asked = new String[1];
    rig.events().unseen(() -> asked[0] = rig.people().request(service));

    Reconciled reconciled = repair(asked[0]);

    assertThat(reconciled.lines("changes"))
        .singleElement()
        .asString()
        .contains("accept the request of " + service.id());
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  static Stream<Map<String, ?>> wrong() {
    return Stream.of(
        Map.of("mode", "fix"),
        Map.of("mode", 7),
        Map.of("only", "vpc-0badc0de0badc0de0"),
        Map.of("accounts", "some"),
        Map.of("Only", "pcx-0badc0de0badc0de0"));
  }

  @ParameterizedTest(name = "the input {0} is refused by name, and nothing is done")
  @MethodSource
  void wrong(Map<String, ?> input) {
    int before = rig.sight().lastCall();

    EndedExecution refused = rig.executions().reconcile(input).execution();

    assertThat(refused.error()).isEqualTo("io.peerway.model.error.MalformedEvent");
    String name = input.keySet().iterator().next();
    assertThat(refused.cause())
        .contains("expected, got: " + (name.equals("Only") ? name : input.get(name)));
    assertThat(rig.sight().callsSince(before))
        .noneMatch(call -> FUNCTIONS.contains(call.function()));
  }

  @Test
  @DisplayName(
      "three connections of one account cost no more calls than one of them: three reads, whether by"
          + " tag or by hand, besides seven in the hub account and one session in each account")
  void calls() {
    Service first = rig.service(Map.of("instance", false));
    Map<String, ?> alike = Map.of("account", first.account(), "instance", false);
    connected(first);
    connected(rig.service(alike));
    connected(rig.service(alike));
    List<Service> apart =
        Stream.generate(() -> rig.service(Map.of("instance", false))).limit(3).toList();
    rig.people().connectByTag(apart.getFirst());
    apart.stream().skip(1).forEach(this::connected);
    int before = rig.sight().lastCall();

    Reconciled plan = rig.executions().reconcile(Map.of("mode", "plan", "accounts", "connected"));

    assertThat(plan.execution().status()).isEqualTo("SUCCEEDED");
    List<Call> calls =
        rig.sight().callsSince(before).stream()
            .filter(call -> FUNCTIONS.contains(call.function()))
            .toList();
    Map<String, Long> each =
        calls.stream()
            .map(this::place)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(each.get("hub")).isEqualTo(7);
    assertThat(each.get(first.account())).isEqualTo(3);
    assertThat(apart).allSatisfy(s -> assertThat(each.get(s.account())).isEqualTo(3));
    long entered = each.keySet().stream().filter(place -> place.matches("\\d{12}")).count();
    assertThat(calls)
        .filteredOn(call -> call.action().equals("sts:AssumeRole") && call.error() == null)
        .hasSize((int) entered);
  }

  // A session in each account comes on top, and what the organisation is asked about those that
  // other scenarios have left undecided.
  private String place(Call call) {
    if (!call.account().equals(Rig.HUB_ACCOUNT)) {
      return call.account();
    }
    return "CheckAccountFunction".equals(call.function()) ? "on the way to the accounts" : "hub";
  }

  // ---- Words -----------------------------------------------------------------------------------

  private static String doneIn(String account) {
    return ", by arn:aws:iam::" + account + ":root at 2";
  }

  private Reconciled plan(String peering) {
    return rig.executions().reconcile(Map.of("only", peering));
  }

  private Reconciled repair(String peering) {
    Reconciled repaired = rig.executions().reconcile(Map.of("mode", "repair", "only", peering));
    assertThat(repaired.execution().status()).as("%s", repaired.execution()).isEqualTo("SUCCEEDED");
    return repaired;
  }

  private String connected(Service service) {
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    return peering;
  }

  private void assertNothingFound(Reconciled reconciled) {
    assertThat(reconciled.execution().status()).isEqualTo("SUCCEEDED");
    assertThat(
            Stream.of("changes", "unknown", "leftAlone", "todo")
                .flatMap(list -> reconciled.lines(list).stream()))
        .isEmpty();
  }

  private void assertNothingChanged(int before) {
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> call.function() != null && call.mutating())
        .filteredOn(call -> !call.action().equals("ssm:SendCommand"))
        .isEmpty();
  }

  /** Somebody peers, accepts, routes and opens, before Peerway is there. */
  private String handMade(Service service) {
    String[] made = new String[1];
    rig.events()
        .unseen(
            () -> {
              String peering = accepted(service);
              made[0] = peering;
              for (String table : service.routeTables()) {
                rig.ec2(service.account())
                    .createRoute(
                        r ->
                            r.routeTableId(table)
                                .destinationCidrBlock(Rig.HUB_CIDR)
                                .vpcPeeringConnectionId(peering));
              }
              for (String table : rig.hubRouteTables()) {
                rig.ec2(Rig.HUB_ACCOUNT)
                    .createRoute(
                        r ->
                            r.routeTableId(table)
                                .destinationCidrBlock(service.cidr())
                                .vpcPeeringConnectionId(peering));
              }
              rig.ec2(service.account())
                  .authorizeSecurityGroupIngress(
                      r ->
                          r.groupId(service.instance().securityGroup())
                              .ipPermissions(sshFrom(rig.lab().vpnAddress())));
            });
    return made[0];
  }

  private String accepted(Service service) {
    String peering = rig.people().request(service);
    rig.ec2(Rig.HUB_ACCOUNT).acceptVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    return peering;
  }

  private static IpPermission sshFrom(String address) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(22)
        .toPort(22)
        .ipRanges(IpRange.builder().cidrIp(address + "/32").build())
        .build();
  }
}
