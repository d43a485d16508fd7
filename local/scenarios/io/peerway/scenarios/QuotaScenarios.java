package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RigExtension.class)
@DisplayName("Room in the hub VPC")
final class QuotaScenarios {
  // Those of the rig.
  private static final int PEERINGS = 125;
  private static final int ROUTES = 500;

  private final Rig rig;
  private final RigNetwork network;

  QuotaScenarios(Rig rig) {
    this.rig = rig;
    network = new RigNetwork(rig);
  }

  @Test
  @DisplayName(
      "where the hub VPC has as many peerings as AWS allows, a request waits, is told once, and is"
          + " connected when another ends")
  void peerings() {
    Service first = rig.service();
    String ending = connected(first);
    Service service = rig.service();
    network.peeringsPerVpc(network.activePeerings());
    try {
      assertWaitsAndComesIn(service, ending, "PeeringsPerVpc");
    } finally {
      network.peeringsPerVpc(PEERINGS);
    }
  }

  @Test
  @DisplayName("so does one for which a route table of the hub has no room")
  void routes() {
    Service first = rig.service();
    String ending = connected(first);
    Service service = rig.service();
    network.routesPerTable(fullest());
    try {
      assertWaitsAndComesIn(service, ending, "RoutesPerTable");
    } finally {
      network.routesPerTable(ROUTES);
    }
  }

  private void assertWaitsAndComesIn(Service service, String ending, String parameter) {
    String peering = rig.people().request(service);
    EndedExecution execution = rig.executions().of(peering);
    assertThat(execution.status()).as("%s", execution).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().told(peering))
        .singleElement()
        .asString()
        .contains(parameter, service.id());
    assertNothingDone(service, peering);

    rig.events().scan();
    rig.executions().startAgain(peering);
    assertThat(rig.sight().told(peering)).hasSize(1);
    assertNothingDone(service, peering);

    int before = rig.executions().arns(peering).size();
    rig.ec2(Rig.HUB_ACCOUNT).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(ending));
    assertThat(rig.executions().disconnection(ending).status()).isEqualTo("SUCCEEDED");
    rig.events().scan();

    assertThat(rig.executions().lastOf("ConnectStateMachineArn", peering, before + 1).status())
        .isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().told(peering)).hasSize(2).last().asString().contains("connected");
  }

  private void assertNothingDone(Service service, String peering) {
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("pending-acceptance");
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();
  }

  private int fullest() {
    return rig.hubRouteTables().stream()
        .map(network::routesOf)
        .mapToInt(List::size)
        .max()
        .orElseThrow();
  }

  private String connected(Service service) {
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    return peering;
  }
}
