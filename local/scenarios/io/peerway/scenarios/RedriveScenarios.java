package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the console's Redrive does after somebody has mended the cause. */
@ExtendWith(RigExtension.class)
@DisplayName("Redriving")
final class RedriveScenarios {
  private final Rig rig;

  RedriveScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a run that failed because the service role is missing is completed by a redrive")
  void serviceRoleMissing() {
    // The StackSet has not reached the account yet, but the hub asks already.
    Service service = rig.service(Map.of("stack", false));
    String peering = rig.people().requestByHub(service);

    EndedExecution failed = rig.executions().of(peering);
    assertFailed(failed, peering, "io.peerway.model.error.Denied");
    assertThat(failed.cause()).contains(service.account());
    assertThat(rig.sight().changes(peering)).isEmpty();

    rig.people().equip(service);
    assertCompleted(rig.executions().redrive(failed), peering, service);
  }

  @Test
  @DisplayName("a run that failed because a route table is full is completed by a redrive")
  void routeTableFull() {
    Service service = rig.service();
    String full = service.routeTables().getLast();
    // One more than any table has now: the hub's tables can take theirs, this one is brought up to
    // it.
    int limit = rig.sight().mostRoutes() + 1;
    for (int i = 0; i < limit; i++) {
      String destination = "10.99." + i + ".0/24";
      rig.ec2(service.account())
          .createRoute(
              r ->
                  r.routeTableId(full)
                      .destinationCidrBlock(destination)
                      .instanceId(service.instance().id()));
    }
    rig.limitRoutes(limit);
    EndedExecution failed;
    String peering;
    try {
      peering = rig.people().request(service);
      failed = rig.executions().of(peering);
      assertFailed(failed, peering, "io.peerway.model.error.RouteTableFull");
      assertThat(failed.cause()).contains(full);
    } finally {
      rig.limitRoutes(500); // the quota is raised
    }

    assertCompleted(rig.executions().redrive(failed), peering, service);
  }

  @Test
  @DisplayName(
      "a route that goes while a run waits to be redriven is noticed by it, and the next run mends"
          + " it")
  void changedMeanwhile() {
    Service service = rig.service();
    EndedExecution failed = failsOnInstance(service);
    String peering = rig.sight().peeringsOf(service).getFirst();
    String table = service.routeTables().getFirst();
    rig.events()
        .unseen(
            () ->
                rig.ec2(service.account())
                    .deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(Rig.HUB_CIDR)));

    EndedExecution redriven = rig.executions().redrive(failed);

    assertThat(redriven.error()).as("%s", redriven).isEqualTo("io.peerway.model.error.Drifted");
    assertThat(redriven.cause()).contains(table);
    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "a run that failed because the command failed on the VPN instance is completed by a redrive")
  void commandFailsOnInstance() {
    Service service = rig.service();

    EndedExecution failed = failsOnInstance(service);

    assertCompleted(
        rig.executions().redrive(failed), rig.sight().peeringsOf(service).getFirst(), service);
  }

  private EndedExecution failsOnInstance(Service service) {
    rig.lab().onMachine(rig.lab().vpnInstance(), "mount", "--bind", "/bin/false", "/usr/sbin/nft");
    try {
      String peering = rig.people().request(service);
      EndedExecution failed = rig.executions().of(peering);
      assertFailed(failed, peering, "io.peerway.model.error.NatCommandFailed");
      assertThat(failed.cause()).contains(rig.lab().vpnInstance());
      assertThat(rig.lab().ssh(service, "hostname").stderr()).contains("timed out");
      return failed;
    } finally {
      rig.lab().onMachine(rig.lab().vpnInstance(), "umount", "/usr/sbin/nft");
    }
  }

  @Test
  @DisplayName(
      "a run that failed because another group has the name of ours is completed by a redrive")
  void groupNameTaken() {
    Service service = rig.service();
    String name = "peerway-" + rig.hubVpc();
    String group =
        rig.ec2(service.account())
            .createSecurityGroup(
                r -> r.groupName(name).description("somebody's own").vpcId(service.id()))
            .groupId();
    String peering = rig.people().request(service);

    EndedExecution failed = rig.executions().of(peering);
    assertFailed(failed, peering, "io.peerway.model.error.ForeignGroup");
    assertThat(failed.cause()).contains(peering, group, name, "tag it again", "delete it");

    rig.ec2(service.account()).deleteSecurityGroup(r -> r.groupId(group));
    assertCompleted(rig.executions().redrive(failed), peering, service);
  }

  private void assertFailed(EndedExecution execution, String peering, String error) {
    assertThat(execution.status()).isEqualTo("FAILED");
    assertThat(execution.error()).isEqualTo(error);
    Rig.eventually(
        "the notice of the failure", () -> rig.sight().told(peering).stream().findFirst());
    // In plain text: what failed, the cause as a paragraph of its own, and a link that works.
    assertThat(rig.sight().told(peering))
        .first()
        .asString()
        .contains(
            "Peerway: connect of " + peering + " failed: " + error.replaceAll(".*\\.", "") + "\n\n",
            "\n\nMend the cause, then redrive the execution:\n\nhttps://",
            "#/v2/executions/details/" + execution.arn())
        .doesNotContain("errorMessage", "\\\"", "stackTrace");
  }

  private void assertCompleted(EndedExecution redriven, String peering, Service service) {
    assertThat(redriven.status()).isEqualTo("SUCCEEDED");
    assertThat(rig.executions().arns(peering)).hasSize(1);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    // Nothing that took effect was done again. A command is: it carries the set as it is now.
    List<String> twice =
        rig.sight().changes(peering).stream()
            .filter(call -> !call.action().equals("ssm:SendCommand"))
            .collect(
                Collectors.groupingBy(
                    call -> call.action() + " " + call.resource(), Collectors.counting()))
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue() > 1)
            .map(entry -> entry.getKey())
            .toList();
    assertThat(twice).isEmpty();
  }
}
