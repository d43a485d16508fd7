package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RigExtension.class)
@DisplayName("Accounts come and go")
final class AccountScenarios {
  private final Rig rig;

  AccountScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a new account with the service stack and a tagged VPC is connected")
  void newAccount() {
    // The VPC is tagged before the stack is there: nothing but the account's own events speaks of
    // it.
    Service service = rig.service(Map.of("stack", false));
    rig.people().tag(service);

    rig.people().equip(service);

    rig.executions().connectedByItself(service);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a closed account is disconnected though it cannot be entered any more")
  void closed() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);

    rig.organizations().closeAccount(r -> r.accountId(service.account()));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().routesTo(peering)).noneMatch(this::isInHub);
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();
    assertThat(rig.sight().told(peering)).last().asString().contains(service.account());
  }

  @Test
  @DisplayName("an account that is removed from the organisation is disconnected and told of")
  void removed() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);

    rig.organizations().removeAccountFromOrganization(r -> r.accountId(service.account()));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().routesTo(peering)).noneMatch(this::isInHub);
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();
    assertThat(rig.sight().told(peering))
        .last()
        .asString()
        .contains("disconnected", service.account(), "is not a member of organisation");
  }

  @Test
  @DisplayName(
      "an account that is moved out of the allowed units is disconnected, and connected again once it"
          + " is moved back")
  void movedOutAndBack() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    String unit =
        rig.organizations()
            .listParents(r -> r.childId(service.account()))
            .parents()
            .getFirst()
            .id();
    String root = rig.organizations().listRoots(r -> {}).roots().getFirst().id();

    move(service, unit, root);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().routesTo(peering)).isEmpty();

    move(service, root, unit);

    assertThat(rig.executions().connectedByItself(service)).isNotEqualTo(peering);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  private void move(Service service, String from, String to) {
    rig.organizations()
        .moveAccount(
            r -> r.accountId(service.account()).sourceParentId(from).destinationParentId(to));
  }

  private boolean isInHub(String route) {
    return rig.hubRouteTables().stream().anyMatch(route::startsWith);
  }
}
