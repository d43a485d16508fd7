package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lives of which the facts come quicker than the executions they start: a sample of what {@code
 * LifeProperties} plays against a model, five hundred of them.
 */
@ExtendWith(RigExtension.class)
@DisplayName("A connection's life")
final class LifeScenarios {
  private static final long SEED = 1;

  private final Rig rig;

  LifeScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("the tag off and on again within a second ends in one connection")
  void offAndOn() {
    Service service = rig.service();
    rig.people().connectByTag(service);

    rig.people().untag(service);
    rig.people().tag(service);

    String peering = connected(service);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().routesTo(peering)).hasSize(rig.hubRouteTables().size() + 3);
  }

  @Test
  @DisplayName("the tag on and off again within a second leaves nothing")
  void onAndOff() {
    Service service = rig.service();

    rig.people().tag(service);
    rig.people().untag(service);

    quiet();
    assertThat(rig.sight().peeringsOf(service)).isEmpty();
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().groupsIn(service)).containsExactlyInAnyOrder("default", "app");
  }

  @Test
  @DisplayName(
      "five lives drawn at random, of which every event comes late, in any order and once or twice,"
          + " end as their last facts ask")
  void drawn() {
    Random random = new Random(SEED);
    List<ServiceLife> lives =
        Stream.generate(() -> new ServiceLife(rig, rig.service(), random)).limit(5).toList();

    // The second time in the midst of what the first has started, the third time in a world at
    // rest, in which some are connected.
    happen(lives, random);
    happen(lives, random);
    quiet();
    happen(lives, random);
    happen(lives, random);

    quiet();
    lives.forEach(this::assertEndsAsAsked);
    assertThat(lives).extracting(ServiceLife::wanted).contains(true, false);
  }

  private void happen(List<ServiceLife> lives, Random random) {
    rig.ask("/events/hold", Map.of("source", "aws.ec2"));
    try {
      lives.forEach(ServiceLife::goesOn);
    } finally {
      rig.ask("/events/release", Map.of("seed", random.nextInt()));
    }
  }

  private void assertEndsAsAsked(ServiceLife life) {
    Service service = life.service();
    List<String> peerings = rig.sight().peeringsOf(service);
    if (life.wanted()) {
      assertThat(peerings).as("%s", life).hasSize(1);
      assertThat(rig.sight().peeringStatus(peerings.getFirst())).as("%s", life).isEqualTo("active");
      assertThat(rig.lab().natServices()).as("%s", life).contains(service.cidr());
      assertThat(rig.lab().ssh(service, "hostname").stdout())
          .as("%s", life)
          .contains(service.name());
    } else {
      assertThat(peerings).as("%s", life).isEmpty();
      assertThat(rig.lab().natServices()).as("%s", life).doesNotContain(service.cidr());
      assertThat(rig.sight().openingsIn(service)).as("%s", life).isEmpty();
      assertThat(rig.sight().groupsIn(service))
          .as("%s", life)
          .containsExactlyInAnyOrder("default", "app");
    }
  }

  private String connected(Service service) {
    quiet();
    List<String> peerings = rig.sight().peeringsOf(service);
    assertThat(peerings).hasSize(1);
    assertThat(rig.sight().peeringStatus(peerings.getFirst())).isEqualTo("active");
    assertThat(rig.lab().natServices()).contains(service.cidr());
    return peerings.getFirst();
  }

  // Nothing runs any more, and nothing has begun since the last look.
  private void quiet() {
    int[] seen = {-1};
    Rig.eventually(
        "the end of all executions",
        () -> {
          rig.ask("/settle", Map.of());
          int all = rig.executions().ever();
          boolean rests =
              all == seen[0] && rig.events().waiting() == 0 && rig.executions().nothingRuns();
          seen[0] = all;
          return rests ? Optional.of(true) : Optional.<Boolean>empty();
        });
  }
}
