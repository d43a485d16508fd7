package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looks back at the calls that all other scenarios have left, so it has a run of its own. */
@DisplayName("Permissions")
final class PermissionScenarios {

  @Test
  @DisplayName(
      "every call seen in the scenarios is allowed by its role, and no permission is unused")
  void leastPrivilege() {
    assertThat(RigProcess.program("local.rig.policy_check", RigProcess.CALLS.toString()))
        .contains("all allowed, and no permission unused");
  }
}
