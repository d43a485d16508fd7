package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lives of which the facts come quicker than the executions they start: a sample of what {@code
 * LifeProperties} plays by the thousand.
 */
@ExtendWith(RigExtension.class)
@DisplayName("A connection's life")
final class LifeScenarios {
  private final Rig rig;

  LifeScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("the tag off and on again within a second ends in one connection")
  void offAndOn() {
    Service service = rig.service();
    rig.connectByTag(service);

    rig.untag(service);
    rig.tag(service);

    String peering = connected(service);
    assertThat(rig.ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.routesTo(peering)).hasSize(rig.hubRouteTables().size() + 3);
  }

  @Test
  @DisplayName("the tag on and off again within a second leaves nothing")
  void onAndOff() {
    Service service = rig.service();

    rig.tag(service);
    rig.untag(service);

    quiet();
    assertThat(rig.peeringsOf(service)).isEmpty();
    assertThat(rig.natServices()).doesNotContain(service.cidr());
    assertThat(rig.groupsIn(service)).containsExactlyInAnyOrder("default", "app");
  }

  private String connected(Service service) {
    quiet();
    List<String> peerings = rig.peeringsOf(service);
    assertThat(peerings).hasSize(1);
    assertThat(rig.peeringStatus(peerings.getFirst())).isEqualTo("active");
    assertThat(rig.natServices()).contains(service.cidr());
    return peerings.getFirst();
  }

  // Nothing runs any more, and nothing has begun since the last look.
  private void quiet() {
    int[] seen = {-1};
    Rig.eventually(
        "the end of all executions",
        () -> {
          rig.ask("/settle", java.util.Map.of());
          int all = rig.executionsEver();
          boolean rests = all == seen[0] && rig.nothingRuns();
          seen[0] = all;
          return rests ? Optional.of(true) : Optional.<Boolean>empty();
        });
  }
}
