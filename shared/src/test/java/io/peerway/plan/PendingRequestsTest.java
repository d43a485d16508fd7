package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Complete;
import io.peerway.model.Peering;
import io.peerway.model.PeeringStatus;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PendingRequestsTest {

  @Test
  void a_request_that_waits_for_the_hub_is_found() {
    assertThat(undecided(Samples.request(PeeringStatus.PENDING_ACCEPTANCE)))
        .containsExactly(Samples.PEERING);
  }

  @ParameterizedTest
  @EnumSource(
      value = PeeringStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "PENDING_ACCEPTANCE")
  void anything_else_is_left_alone(PeeringStatus status) {
    assertThat(undecided(Samples.request(status))).isEmpty();
  }

  @Test
  void a_request_that_the_hub_itself_has_sent_waits_for_the_service() {
    assertThat(
            undecided(
                new Peering(
                    Samples.PEERING,
                    PeeringStatus.PENDING_ACCEPTANCE,
                    Samples.hubSide(),
                    Samples.serviceSide(),
                    Map.of())))
        .isEmpty();
  }

  private static List<io.peerway.model.PeeringId> undecided(Peering peering) {
    return PendingRequests.undecided(new Complete<>(List.of(peering)), Samples.HUB_VPC);
  }
}
