package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.scenarios.RigExecutions.Reconciled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While the change calendar is closed. */
@ExtendWith(RigExtension.class)
@DisplayName("In a freeze")
final class FreezeScenarios {
  private static final Map<String, ?> HOURLY =
      Map.of("mode", "repair", "accounts", "connected", "freezes", "HEED");

  private final Rig rig;

  FreezeScenarios(Rig rig) {
    this.rig = rig;
  }

  @AfterEach
  void thaw() {
    rig.events().thaw();
  }

  @Test
  @DisplayName(
      "a request waits and is told once, with the end; when the freeze is over it goes on by itself")
  void requestWaits() {
    Service service = rig.service();
    String end = rig.events().freeze(5);

    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(told(peering)).singleElement().asString().contains("waits").contains(end);
    rig.events().scan();
    rig.events().scan();
    assertThat(rig.executions().arns(peering)).hasSize(1);
    assertThat(told(peering)).hasSize(1);
    assertThat(rig.sight().routesTo(peering)).isEmpty();

    rig.events().thaw();
    rig.events().scan();
    rig.executions().lastOf("ConnectStateMachineArn", peering, 2);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(told(peering)).hasSize(2).last().asString().contains("is connected");
    rig.events().scan();
    assertThat(rig.executions().arns(peering)).hasSize(2);
  }

  @Test
  @DisplayName("a tagged VPC waits, and a start by hand lets it through and says so")
  void byHand() {
    Service service = rig.service();
    String end = rig.events().freeze(5);
    rig.people().tag(service);
    String peering = rig.executions().connectedByItself(service);
    assertThat(told(peering)).singleElement().asString().contains("waits");
    assertThat(rig.sight().routesTo(peering)).isEmpty();

    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(told(peering))
        .last()
        .asString()
        .contains("is connected", "went through a freeze", end, "people started it");
  }

  @Test
  @DisplayName("a redrive goes through and says so")
  void redrive() {
    Service service = rig.service(Map.of("stack", false));
    String peering = rig.people().requestByHub(service);
    EndedExecution failed = rig.executions().of(peering);
    assertThat(failed.error()).isEqualTo("io.peerway.model.error.Denied");
    rig.people().equip(service);
    rig.events().freeze(5);

    assertThat(rig.executions().redrive(failed).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(told(peering))
        .last()
        .asString()
        .contains("went through a freeze", "people redrove it");
  }

  @Test
  @DisplayName("a repair is planned only, which reconcile says; afterwards it is made")
  void repairPlanned() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    String end = rig.events().freeze(5);
    String table = service.routeTables().getFirst();
    int runs = rig.executions().arns(peering).size();
    rig.ec2(service.account())
        .deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(Rig.HUB_CIDR));
    rig.executions().lastOf("ConnectStateMachineArn", peering, runs + 1);
    assertThat(rig.sight().routesTo(peering)).noneMatch(route -> route.startsWith(table));

    Reconciled planned = rig.executions().reconcile(HOURLY);
    assertThat(planned.output().path("mode").asText()).isEqualTo("plan");
    assertThat(planned.output().path("freeze").asText()).contains(end);
    assertThat(planned.lines("changes")).anyMatch(line -> line.contains(table));
    assertThat(rig.sight().routesTo(peering)).noneMatch(route -> route.startsWith(table));
    assertThat(told(peering)).last().asString().contains("Planned only", end);
    int letters = told(peering).size();

    rig.events().thaw();
    rig.executions().reconcile(HOURLY);
    assertThat(rig.sight().routesTo(peering)).anyMatch(route -> route.startsWith(table));
    assertThat(told(peering)).hasSize(letters);
  }

  @Test
  @DisplayName("what has drifted is repaired by a reconcile that people start")
  void repairByHand() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    rig.events().freeze(5);
    String table = service.routeTables().getFirst();
    rig.events()
        .unseen(
            () ->
                rig.ec2(service.account())
                    .deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(Rig.HUB_CIDR)));

    Reconciled repaired = rig.executions().reconcile(Map.of("mode", "repair", "only", peering));

    assertThat(repaired.output().path("freeze").asText()).contains("people started it");
    assertThat(rig.sight().routesTo(peering)).anyMatch(route -> route.startsWith(table));
  }

  @Test
  @DisplayName(
      "the end that a tag taken off asks for waits and is told once; afterwards it comes by itself")
  void endWaits() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    String end = rig.events().freeze(5);
    rig.people().untag(service);
    rig.executions().lastOf("DisconnectStateMachineArn", peering, 1);
    assertThat(told(peering)).last().asString().contains("no longer has the tag", "waits", end);
    int letters = told(peering).size();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    rig.executions().start("LookAtAccountStateMachineArn", service.account(), heeding(service));
    rig.executions().lastOf("DisconnectStateMachineArn", peering, 2);
    assertThat(told(peering)).hasSize(letters);

    rig.events().thaw();
    rig.events().scan();
    Rig.eventually(
        "the end of " + peering,
        () -> Optional.of(told(peering)).filter(all -> all.size() > letters));
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(told(peering))
        .hasSize(letters + 1)
        .last()
        .asString()
        .contains("no longer connected");
  }

  @Test
  @DisplayName("a person's refusal goes through and says so, and so does the end of an account")
  void urgentEnds() {
    Service refused = rig.service();
    String first = rig.people().request(refused);
    rig.executions().of(first);
    Service closed = rig.service();
    String second = rig.people().request(closed);
    rig.executions().of(second);
    rig.events().freeze(5);

    rig.people().refuse(first);
    rig.executions().disconnection(first);
    assertThat(rig.sight().routesTo(first)).isEmpty();
    assertThat(told(first)).last().asString().contains("no longer connected", "through a freeze");

    rig.organizations().closeAccount(r -> r.accountId(closed.account()));
    rig.executions().disconnection(second);
    assertThat(rig.sight().routesTo(second)).noneMatch(route -> hub(route));
    assertThat(told(second)).last().asString().contains("no longer connected", "through a freeze");
  }

  @Test
  @DisplayName("a VPN instance that takes another's place is given the set that is in force")
  void replacedInstance() {
    Service service = rig.service();
    rig.people().connect(service);
    rig.events().freeze(5);

    rig.lab().replaceVpn();

    Rig.eventually(
        "the set on the new instance",
        () ->
            rig.lab().natServices().contains(service.cidr())
                ? Optional.of(true)
                : Optional.empty());
    rig.events().reconciled();
    assertThat(rig.sight().openingsIn(service)).isEmpty();

    rig.events().thaw();
    rig.executions().reconcile(HOURLY);
    assertThat(rig.sight().openingsIn(service)).isNotEmpty();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "a calendar that is gone counts as closed, which is told; when it is there again all goes on")
  void calendarGone() {
    Service service = rig.service();
    rig.events().loseCalendar();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    assertThat(told(peering))
        .singleElement()
        .asString()
        .contains("cannot be read, and is taken for closed", "InvalidDocument");
    assertThat(rig.executions().reconcile(HOURLY).lines("unknown"))
        .anyMatch(line -> line.startsWith("freeze calendar: ") && line.contains("InvalidDocument"));

    rig.events().thaw();
    rig.events().scan();
    rig.executions().lastOf("ConnectStateMachineArn", peering, 2);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  private List<String> told(String peering) {
    return rig.sight().told(peering);
  }

  private boolean hub(String route) {
    return rig.hubRouteTables().stream().anyMatch(route::startsWith);
  }

  // As an event would have it looked at.
  private static Map<String, ?> heeding(Service service) {
    return Map.of("accountId", service.account(), "freezes", "HEED");
  }
}
