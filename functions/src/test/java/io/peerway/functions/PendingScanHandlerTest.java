package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.model.Complete;
import io.peerway.model.PeeringStatus;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingScanHandlerTest {

  @Test
  void each_pending_request_is_started_once_however_often_the_scan_runs() {
    FakeWorkflows workflows = new FakeWorkflows();
    PendingScanHandler scan =
        new PendingScanHandler(
            Samples.settings(),
            () -> new Complete<>(List.of(Samples.request(PeeringStatus.PENDING_ACCEPTANCE))),
            workflows);

    assertThat(scan.handleRequest(new ScheduledEvent(), null))
        .containsEntry("started", List.of(Samples.PEERING.value()));
    assertThat(scan.handleRequest(new ScheduledEvent(), null)).containsEntry("started", List.of());
    assertThat(workflows.started()).containsExactly(Samples.PEERING + "-scan");
  }
}
