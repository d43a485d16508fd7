package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RigExtension.class)
@DisplayName("Service VPCs in other Regions than the hub's")
final class RegionScenarios {
  private static final Map<String, ?> ELSEWHERE = Map.of("region", Rig.OTHER_REGION);

  private final Rig rig;

  RegionScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a service VPC in another Region is connected by its tag")
  void connectedByTag() {
    Service service = rig.service(ELSEWHERE);
    assertThat(rig.lab().ssh(service, "hostname").stderr()).contains("timed out");

    String peering = rig.people().connectByTag(service);

    assertThat(rig.lab().ssh(service, "hostname; who").stdout())
        .contains(service.name(), rig.lab().vpnAddress());
    // A group of the other side can be named only within one Region.
    assertThat(rig.sight().openingsIn(service))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule).contains("\"groups\":[]"));
    assertThat(rig.sight().changes(peering))
        .filteredOn(call -> call.account().equals(service.account()))
        .isNotEmpty()
        .extracting(Call::region)
        .containsOnly(Rig.OTHER_REGION);
    assertThat(rig.sight().told(peering)).last().asString().contains(Rig.OTHER_REGION);
  }

  @Test
  @DisplayName("the hub may ask a VPC of another Region, which then accepts")
  void hubAsks() {
    Service service = rig.service(ELSEWHERE);

    String peering = rig.people().requestByHub(service);

    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a deleted peering of another Region leaves nothing behind")
  void deleted() {
    Service service = rig.service(ELSEWHERE);
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");

    rig.ec2(service).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.sight().openingsIn(service)).isEmpty();
    assertThat(rig.sight().groupsIn(service)).containsExactlyInAnyOrder("default", "app");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
  }

  @Test
  @DisplayName("a Region that is not enabled in the account is named and does not stop the others")
  void notEnabled() {
    Service service = rig.service(Map.of("not_enabled", Rig.OTHER_REGION));

    rig.people().connectByTag(service);

    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(
            Rig.eventually(
                "a word about the Region",
                () ->
                    rig.sight().told(service.account()).stream()
                        .filter(letter -> letter.contains("Region " + Rig.OTHER_REGION))
                        .findFirst()))
        .contains("AuthFailure", "Enable the Region");
  }

  @Test
  @DisplayName("a Region that is switched off later keeps what is connected")
  void switchedOff() {
    Service service = rig.service(ELSEWHERE);
    String peering = rig.people().connectByTag(service);
    rig.events().quiet(service);
    int before = rig.executions().arns("LookAtAccountStateMachineArn", service.account()).size();

    rig.people().disableRegion(service, Rig.OTHER_REGION);
    String other =
        rig.ec2(service.account()).createVpc(r -> r.cidrBlock("10.99.0.0/16")).vpc().vpcId();
    rig.ec2(service.account()).deleteVpc(r -> r.vpcId(other));
    Rig.eventually(
        "a look at the account",
        () ->
            Optional.of(rig.executions().arns("LookAtAccountStateMachineArn", service.account()))
                .filter(looks -> looks.size() > before));
    rig.events().quiet(service);

    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("active");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }
}
