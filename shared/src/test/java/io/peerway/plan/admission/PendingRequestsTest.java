package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Settings;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PendingRequestsTest {

  private Settings settings = Samples.settings();

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

  @ParameterizedTest
  @ValueSource(strings = {"waiting", "tag"})
  void one_that_waits_for_approval_is_told_once_and_decided_when_a_person_has_decided(String by) {
    Peering waiting =
        Samples.tagged(Samples.request(PeeringStatus.PENDING_ACCEPTANCE), Tags.BY, by);
    settings = Samples.settings("APPROVAL", "manual");
    assertThat(undecided(Samples.request(PeeringStatus.PENDING_ACCEPTANCE))).hasSize(1);
    assertThat(undecided(waiting)).isEmpty();
    assertThat(undecided(Samples.tagged(waiting, Tags.DECISION, "approve"))).hasSize(1);
    // Approval is not asked for any more.
    settings = Samples.settings();
    assertThat(undecided(waiting)).hasSize(1);
  }

  private List<PeeringId> undecided(Peering peering) {
    return PendingRequests.undecided(new Complete<>(List.of(peering)), settings);
  }
}
