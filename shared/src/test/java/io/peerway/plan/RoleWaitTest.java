package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoleWaitTest {

  private static final List<Integer> WAITS =
      IntStream.range(0, 200)
          .mapToObj(RoleWait::seconds)
          .takeWhile(java.util.Optional::isPresent)
          .map(java.util.Optional::get)
          .toList();

  @Test
  void looks_soon_at_first_and_every_quarter_of_an_hour_later() {
    assertThat(WAITS).startsWith(30, 60, 120, 240, 480, 900, 900).isSorted().endsWith(900);
  }

  @Test
  void gives_up_after_about_a_day_and_stays_so() {
    assertThat(Duration.ofSeconds(WAITS.stream().mapToInt(Integer::intValue).sum()))
        .isBetween(Duration.ofHours(23), Duration.ofHours(25));
    assertThat(RoleWait.seconds(WAITS.size())).isEmpty();
    assertThat(RoleWait.seconds(Integer.MAX_VALUE)).isEmpty();
  }

  // onboard-account.asl.json: TimeoutSeconds.
  @Test
  void gives_up_before_the_workflow_does() {
    assertThat(WAITS.stream().mapToInt(Integer::intValue).sum()).isLessThan(172_800 - 100 * 90);
  }
}
