package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.scenarios.RigNetwork.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;

@ExtendWith(RigExtension.class)
@DisplayName("Connected means reachable")
final class ReachabilityScenarios {
  private static final int FIRST_EPHEMERAL = 1024;
  private static final int LAST_PORT = 65_535;

  private final Rig rig;
  private final RigNetwork network;
  private final Ec2Client hub;

  ReachabilityScenarios(Rig rig) {
    this.rig = rig;
    network = new RigNetwork(rig);
    hub = rig.ec2(Rig.HUB_ACCOUNT);
  }

  @Test
  @DisplayName(
      "a narrower route of the hub's to elsewhere is named, ssh to its part fails and to the rest"
          + " works, until it is gone")
  void narrowerRouteOfTheHub() {
    Service service = rig.service();
    String table = rig.hubRouteTables().getFirst();
    String elsewhere = network.middlebox(hub, network.hubSubnet());
    String part = firstSubnet(service);
    network.route(hub, table, part, elsewhere);

    assertCutOff(service, List.of(table, part, elsewhere), () -> deleteRoute(hub, table, part));
  }

  @Test
  @DisplayName("so is one of the service's")
  void narrowerRouteOfTheService() {
    Service service = rig.service();
    Ec2Client ec2 = rig.ec2(service);
    String table = service.routeTables().getFirst();
    String elsewhere = network.middlebox(ec2, service.subnets().getFirst());
    String part = rig.lab().vpnAddress() + "/32";
    network.route(ec2, table, part, elsewhere);

    assertCutOff(service, List.of(table, part, elsewhere), () -> deleteRoute(ec2, table, part));
  }

  @Test
  @DisplayName("so is one by a prefix list, on the hub's side")
  void prefixListOfTheHub() {
    Service service = rig.service();
    String table = rig.hubRouteTables().getFirst();
    String elsewhere = network.middlebox(hub, network.hubSubnet());
    String part = firstSubnet(service);
    String list = network.prefixList(hub, "10.254.0.0/16", part);
    network.routeList(hub, table, list, elsewhere);

    assertCutOff(
        service, List.of(table, part, list, elsewhere), () -> deleteListed(hub, table, list));
  }

  @Test
  @DisplayName("and on the service's side")
  void prefixListOfTheService() {
    Service service = rig.service();
    Ec2Client ec2 = rig.ec2(service);
    String table = service.routeTables().getFirst();
    String elsewhere = network.middlebox(ec2, service.subnets().getFirst());
    String part = "10.100.0.0/24";
    String list = network.prefixList(ec2, part);
    network.routeList(ec2, table, list, elsewhere);

    assertCutOff(
        service, List.of(table, part, list, elsewhere), () -> deleteListed(ec2, table, list));
  }

  @Test
  @DisplayName("and one that a virtual private gateway propagates")
  void narrowerPropagatedRoute() {
    Service service = rig.service();
    String table = rig.hubRouteTables().getFirst();
    String part = firstSubnet(service);
    String gateway = network.propagate(hub, rig.hubVpc(), table, part);

    assertCutOff(
        service,
        List.of(table, part, gateway),
        () -> network.endPropagation(hub, rig.hubVpc(), table, gateway));
  }

  @Test
  @DisplayName(
      "a route comes later and is found by reconcile, which leaves it alone and repairs nothing")
  void narrowerRouteLater() {
    Service service = rig.service();
    String peering = connected(service);
    Ec2Client ec2 = rig.ec2(service);
    String table = service.routeTables().getFirst();
    String elsewhere = network.middlebox(ec2, service.subnets().getFirst());
    String part = rig.lab().vpnAddress() + "/32";
    network.route(ec2, table, part, elsewhere);

    RigExecutions.Reconciled repaired =
        rig.executions().reconcile(Map.of("mode", "repair", "only", peering));

    assertThat(repaired.lines("leftAlone"))
        .anySatisfy(line -> assertThat(line).contains(peering, table, part, elsewhere));
    assertThat(repaired.lines("changes")).isEmpty();
    assertThat(repaired.output().get("todo")).isEmpty();
    assertThat(network.routesOf(table)).contains(part + " -> " + elsewhere);
    deleteRoute(ec2, table, part);
    assertNothingFound(peering);
  }

  @Test
  @DisplayName("ours stands beside a propagated route to the same destination, and ssh works")
  void besidePropagated() {
    Service service = rig.service();
    String hubTable = rig.hubRouteTables().getFirst();
    String table = service.routeTables().getFirst();
    Ec2Client ec2 = rig.ec2(service);
    String ofHub = network.propagate(hub, rig.hubVpc(), hubTable, service.cidr());
    String ofService = network.propagate(ec2, service.id(), table, Rig.HUB_CIDR);

    String peering = connected(service);

    assertThat(network.routesOf(hubTable))
        .contains(service.cidr() + " -> " + ofHub, service.cidr() + " -> " + peering);
    assertThat(network.routesOf(table))
        .contains(Rig.HUB_CIDR + " -> " + ofService, Rig.HUB_CIDR + " -> " + peering);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().told(peering))
        .singleElement()
        .asString()
        .doesNotContain(ofHub, ofService);
    assertNothingFound(peering);

    ec2.deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(network.routesOf(table)).containsExactly(Rig.HUB_CIDR + " -> " + ofService);
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    network.endPropagation(hub, rig.hubVpc(), hubTable, ofHub);
  }

  @Test
  @DisplayName("a table of a gateway is left as it is, and says nothing about what is reachable")
  void gatewayTable() {
    Service service = rig.service();
    Ec2Client ec2 = rig.ec2(service);
    String edge = network.edgeTable(ec2, service.id());
    String inspection = network.middlebox(ec2, service.subnets().getFirst());
    network.route(ec2, edge, firstSubnet(service), inspection);
    List<String> before = network.routesOf(edge);

    String peering = connected(service);

    assertThat(network.routesOf(edge)).isEqualTo(before);
    assertThat(rig.sight().callsSince(0))
        .filteredOn(call -> call.resource().contains(edge) && call.function() != null)
        .isEmpty();
    assertThat(rig.sight().told(peering)).singleElement().asString().doesNotContain(edge);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertNothingFound(peering);
  }

  @Test
  @DisplayName("a network ACL of the service's that stops port 22 is named, until it does not")
  void aclStopsSsh() {
    Service service = rig.service();
    Ec2Client ec2 = rig.ec2(service);
    String acl = network.acl(ec2, service.subnets().getFirst());
    Entry entry = new Entry(50, false, 22, 22, rig.lab().vpnAddress() + "/32");
    network.deny(ec2, acl, entry);

    assertStopped(service, List.of(acl, "50", "22"), () -> network.remove(ec2, acl, entry));
  }

  @Test
  @DisplayName("so is one that stops the replies")
  void aclStopsReplies() {
    Service service = rig.service();
    Ec2Client ec2 = rig.ec2(service);
    String acl = network.acl(ec2, service.subnets().getFirst());
    Entry entry = new Entry(60, true, FIRST_EPHEMERAL, LAST_PORT, Rig.HUB_CIDR);
    network.deny(ec2, acl, entry);

    assertStopped(service, List.of(acl, "60"), () -> network.remove(ec2, acl, entry));
  }

  @Test
  @DisplayName("so is one of the hub's that lets ssh out to this service no longer")
  void aclOfTheHub() {
    Service service = rig.service();
    String acl = network.acl(hub, network.hubSubnet());
    Entry entry = new Entry(70, true, 22, 22, service.cidr());
    network.deny(hub, acl, entry);

    assertStopped(service, List.of(acl, "70", "22"), () -> network.remove(hub, acl, entry));
  }

  @Test
  @DisplayName("and one of the hub's that stops what this service answers")
  void aclOfTheHubForReplies() {
    Service service = rig.service();
    String acl = network.acl(hub, network.hubSubnet());
    Entry entry = new Entry(80, false, FIRST_EPHEMERAL, LAST_PORT, service.cidr());
    network.deny(hub, acl, entry);

    assertStopped(service, List.of(acl, "80"), () -> network.remove(hub, acl, entry));
  }

  @Test
  @DisplayName("an ACL that allows ssh from the VPN and its replies, and nothing else, is enough")
  void aclThatIsEnough() {
    Service service = rig.service();
    Ec2Client ec2 = rig.ec2(service);
    for (String subnet : service.subnets()) {
      String acl = network.ownAcl(ec2, service.id(), subnet);
      network.allow(ec2, acl, new Entry(100, false, 22, 22, rig.lab().vpnAddress() + "/32"));
      network.allow(
          ec2,
          acl,
          new Entry(100, true, FIRST_EPHEMERAL, LAST_PORT, rig.lab().vpnAddress() + "/32"));
    }

    String peering = connected(service);

    assertThat(rig.sight().told(peering)).singleElement().asString().doesNotContain("acl-");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertNothingFound(peering);
  }

  /** A part is cut off, the rest is not. */
  private void assertCutOff(Service service, List<String> named, Runnable mend) {
    try {
      Service.Machine other = network.secondMachine(service);
      String peering = connected(service);

      assertThat(network.ssh(service.instance().ip())).isNotZero();
      assertThat(network.ssh(other.ip())).isZero();
      assertNamed(peering, named);
      mend.run();
      assertThat(network.ssh(service.instance().ip())).isZero();
      assertNothingFound(peering);
    } finally {
      ignoring(mend);
    }
  }

  private void assertStopped(Service service, List<String> named, Runnable mend) {
    try {
      String peering = connected(service);

      assertThat(network.ssh(service.instance().ip())).isNotZero();
      assertNamed(peering, named);
      mend.run();
      assertThat(network.ssh(service.instance().ip())).isZero();
      assertNothingFound(peering);
    } finally {
      ignoring(mend);
    }
  }

  // A scenario that failed shall not leave the hub so that the others fail, too.
  private static void ignoring(Runnable mend) {
    try {
      mend.run();
    } catch (RuntimeException goneAlready) {
      // As it should be.
    }
  }

  private void assertNamed(String peering, List<String> named) {
    assertThat(rig.sight().told(peering)).singleElement().asString().contains(named);
    RigExecutions.Reconciled plan = plan(peering);
    assertThat(plan.lines("leftAlone")).anySatisfy(line -> assertThat(line).contains(named));
    assertThat(plan.lines("changes")).isEmpty();
  }

  private void assertNothingFound(String peering) {
    RigExecutions.Reconciled plan = plan(peering);
    assertThat(plan.lines("leftAlone")).isEmpty();
    assertThat(plan.lines("unknown")).isEmpty();
    assertThat(plan.lines("changes")).isEmpty();
  }

  private RigExecutions.Reconciled plan(String peering) {
    return rig.executions().reconcile(Map.of("mode", "plan", "only", peering));
  }

  private String connected(Service service) {
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    return peering;
  }

  private static String firstSubnet(Service service) {
    String address = service.instance().ip();
    return address.substring(0, address.lastIndexOf('.')) + ".0/24";
  }

  private static void deleteRoute(Ec2Client ec2, String table, String cidr) {
    ec2.deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(cidr));
  }

  private static void deleteListed(Ec2Client ec2, String table, String list) {
    ec2.deleteRoute(r -> r.routeTableId(table).destinationPrefixListId(list));
  }
}
