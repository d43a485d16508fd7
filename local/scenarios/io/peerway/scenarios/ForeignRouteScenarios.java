package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Route;

@ExtendWith(RigExtension.class)
@DisplayName("Somebody else's routes")
final class ForeignRouteScenarios {
  private final Rig rig;

  ForeignRouteScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "a route to the same destination with another target stops the connection and is left alone")
  void routeOfTheServiceTeam() {
    Service service = rig.service();
    String table = service.routeTables().getLast();
    rig.ec2(service.account())
        .createRoute(
            r ->
                r.routeTableId(table)
                    .destinationCidrBlock(Rig.HUB_CIDR)
                    .instanceId(service.instance().id()));
    Route before = routeToHub(service, table);

    String peering = rig.people().request(service);
    EndedExecution execution = rig.executions().of(peering);

    assertThat(execution.status()).isEqualTo("FAILED");
    assertThat(execution.error()).isEqualTo("io.peerway.model.error.ForeignRoute");
    assertThat(execution.cause()).contains(table, Rig.HUB_CIDR);
    assertThat(routeToHub(service, table)).isEqualTo(before);
    assertThat(rig.sight().changes(peering))
        .noneMatch(call -> call.resource().contains(table))
        .noneMatch(call -> call.action().contains("Replace") || call.action().contains("Delete"));
  }

  private Route routeToHub(Service service, String table) {
    Optional<Route> route =
        rig
            .ec2(service.account())
            .describeRouteTables(r -> r.routeTableIds(table))
            .routeTables()
            .getFirst()
            .routes()
            .stream()
            .filter(r -> Rig.HUB_CIDR.equals(r.destinationCidrBlock()))
            .findFirst();
    return route.orElseThrow();
  }
}
