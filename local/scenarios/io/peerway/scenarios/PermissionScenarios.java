package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looks back at the calls of all other scenarios, so it comes last. */
@Order(Integer.MAX_VALUE)
@ExtendWith(RigExtension.class)
@DisplayName("Permissions")
final class PermissionScenarios {
  private final Rig rig;

  PermissionScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "every call seen in the scenarios is allowed by its role, and no permission is unused")
  void leastPrivilege() {
    assertThat(rig.policyCheck()).contains("all allowed, and no permission unused");
  }
}
