package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RigExtension.class)
@DisplayName("Connecting")
final class ConnectionScenarios {
  private final Rig rig;

  ConnectionScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a CIDR that the hub VPC gets and loses comes to the service's routes and goes")
  void hubCidr() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    String association =
        rig.ec2(Rig.HUB_ACCOUNT)
            .associateVpcCidrBlock(r -> r.vpcId(rig.hubVpc()).cidrBlock("10.101.0.0/20"))
            .cidrBlockAssociation()
            .associationId();

    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(peering)).anyMatch(route -> route.endsWith("-> 10.101.0.0/20"));

    rig.ec2(Rig.HUB_ACCOUNT).disassociateVpcCidrBlock(r -> r.associationId(association));
    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(peering))
        .noneMatch(route -> route.endsWith("-> 10.101.0.0/20"));
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    // What the hub's own events have started would connect the next one's request a second time.
    rig.events().reconciled();
  }

  @Test
  @DisplayName("before the request ssh times out; afterwards the company has a working ssh")
  void requestBecomesSsh() {
    Service service = rig.service();
    assertThat(rig.lab().ssh(service, "hostname").stderr()).contains("timed out");

    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");

    assertThat(rig.sight().routesTo(peering)).containsExactlyInAnyOrderElementsOf(wanted(service));
    assertThat(rig.lab().natServices()).contains(service.cidr());
    RigLab.Completed session = rig.lab().ssh(service, "hostname; who");
    assertThat(session.stdout()).contains(service.name(), rig.lab().vpnAddress());
    assertThat(rig.sight().told(peering)).hasSize(1).first().asString().contains(service.cidr());
  }

  @Test
  @DisplayName("a service cannot open a connection to the company")
  void oneWayOnly() {
    Service service = rig.service();
    rig.people().connect(service);
    String company = companyAddress();
    String connect = "timeout 2 bash -c 'exec 3<>/dev/tcp/%s/22' && echo open".formatted(company);

    assertThat(rig.lab().onMachine("company", "bash", "-c", connect).stdout()).contains("open");
    assertThat(rig.lab().onMachine(service.instance().id(), "bash", "-c", connect).stdout())
        .isEmpty();
  }

  @Test
  @DisplayName("the hub may be the requester: then the service side accepts")
  void hubAsks() {
    Service service = rig.service();

    String peering = rig.people().requestByHub(service);

    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().changes(peering))
        .filteredOn(call -> call.action().equals("ec2:AcceptVpcPeeringConnection"))
        .extracting(Call::account)
        .containsExactly(service.account());
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a secondary CIDR is routed on both sides and translated")
  void secondaryCidr() {
    Service service = rig.service();
    String secondary = "10.90.0.0/16";
    rig.ec2(service.account())
        .associateVpcCidrBlock(r -> r.vpcId(service.id()).cidrBlock(secondary));

    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");

    assertThat(rig.sight().routesTo(peering))
        .containsAll(wanted(service))
        .containsAll(
            rig.hubRouteTables().stream().map(table -> table + " -> " + secondary).toList());
    assertThat(rig.lab().natServices()).contains(secondary);
  }

  @Test
  @DisplayName("two requests at the same time are both connected")
  void atTheSameTime() throws Exception {
    List<Service> services = List.of(rig.service(), rig.service());

    try (var people = Executors.newFixedThreadPool(2)) {
      List<Future<EndedExecution>> both =
          services.stream()
              .map(service -> people.submit(() -> rig.people().connect(service)))
              .toList();
      for (Future<EndedExecution> one : both) {
        assertThat(one.get().status()).isEqualTo("SUCCEEDED");
      }
    }

    for (Service service : services) {
      assertThat(rig.lab().natServices()).contains(service.cidr());
      assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    }
  }

  @Test
  @DisplayName("a duplicate event starts nothing twice")
  void duplicateEvent() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    Map<String, ?> event = Events.peeringCreated(peering, service, rig.hubVpc(), "console");

    rig.events().emit(event);
    rig.events().emit(event);
    Rig.eventually(
        "the execution of the first delivery",
        () ->
            rig.executions().arns(peering).size() > 1
                ? Optional.of(true)
                : Optional.<Boolean>empty());

    rig.executions().of(peering);
    assertThat(rig.executions().arns(peering)).hasSize(2);
  }

  @Test
  @DisplayName("a repeated run changes nothing")
  void repeatedRun() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    int before = rig.sight().lastCall();

    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");

    // The command itself is sent again: it is the only way to read what the instance has in force.
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> peering.equals(call.connection()) && call.mutating() && call.effect())
        .extracting(Call::action)
        .containsOnly("ssm:SendCommand");
  }

  private List<String> wanted(Service service) {
    return Stream.concat(
            rig.hubRouteTables().stream().map(table -> table + " -> " + service.cidr()),
            service.routeTables().stream().map(table -> table + " -> " + Rig.HUB_CIDR))
        .toList();
  }

  private String companyAddress() {
    return rig.lab()
        .onMachine(
            "company", "sh", "-c", "ip -4 -o addr | grep -o '172\\.168\\.0\\.[0-9]*' | head -1")
        .stdout()
        .trim();
  }
}
