package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingScanHandlerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  @Test
  void each_pending_request_is_started_once_however_often_the_scan_runs() {
    World world = World.sample();
    FakeWorkflows workflows = new FakeWorkflows();
    PendingScanHandler scan =
        new PendingScanHandler(
            FakeAws.with(world)
                .hub(any -> world.hub().apply(Samples.PEERING))
                .workflows(workflows)
                .clock(CLOCK)
                .aws());

    assertThat(scan.handleRequest(new ScheduledEvent(), null))
        .containsEntry("started", List.of(Samples.PEERING.value()));
    assertThat(scan.handleRequest(new ScheduledEvent(), null)).containsEntry("started", List.of());
    assertThat(workflows.started()).containsExactly(Samples.PEERING + "-scan");
    assertThat(world.transcript().lines()).containsOnly("  hub: peering connections");
  }

  @Test
  void what_waits_for_room_is_started_when_there_is_room_for_it_and_no_more_than_that() {
    World world = World.sample();
    world.put(waiting(Samples.PEERING, "10.110.0.0/16 10.120.0.0/24"));
    world.put(waiting(Samples.OTHER_PEERING, "10.130.0.0/16"));
    PeeringId third = new PeeringId("pcx-0fffffffffffffff0");
    world.put(Samples.other(third, PeeringStatus.ACTIVE, "10.140.0.0/16"));
    assertThat(started(world, "PEERINGS_PER_VPC", "1")).isEmpty();
    assertThat(started(world, "PEERINGS_PER_VPC", "2"))
        .containsExactly(Samples.PEERING + "-room-" + CLOCK.millis());
    assertThat(started(world, "PEERINGS_PER_VPC", "3")).hasSize(2);
    // Three of the four routes that a table would need fit: the later one, with one CIDR, does.
    assertThat(started(world, "ROUTES_PER_TABLE", "3"))
        .containsExactly(Samples.OTHER_PEERING + "-room-" + CLOCK.millis());
  }

  private static List<String> started(World world, String variable, String value) {
    FakeWorkflows workflows = new FakeWorkflows();
    new PendingScanHandler(
            FakeAws.with(world)
                .settings(Samples.settings(variable, value))
                .hub(any -> world.hub().apply(Samples.PEERING))
                .workflows(workflows)
                .clock(CLOCK)
                .aws())
        .handleRequest(new ScheduledEvent(), null);
    return workflows.started();
  }

  private static Peering waiting(PeeringId id, String cidrs) {
    return new Peering(
        id,
        PeeringStatus.PENDING_ACCEPTANCE,
        Samples.serviceSide(),
        Samples.hubSide(),
        Map.of(Tags.CIDRS, "", Tags.WAITS_FOR, cidrs));
  }
}
