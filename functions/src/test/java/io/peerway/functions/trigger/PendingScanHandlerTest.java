package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeCalendar;
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

  @Test
  void what_waited_for_the_end_of_a_freeze_goes_on_in_its_order_once_it_is_over() {
    World world = World.sample();
    world.put(frozen(Samples.request(PeeringStatus.PENDING_ACCEPTANCE), "2026-11-23T07:00:00Z"));
    world.put(
        frozen(
            Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.140.0.0/16"),
            "2026-11-22T07:00:00Z"));
    PeeringId deleted = new PeeringId("pcx-0fffffffffffffff0");
    world.put(
        frozen(
            Samples.other(deleted, PeeringStatus.DELETED, "10.150.0.0/16"), "damaged by somebody"));
    PeeringId rejected = new PeeringId("pcx-0fffffffffffffff1");
    world.put(
        frozen(
            Samples.in(Samples.other(rejected, PeeringStatus.REJECTED, ""), PeeringStatus.REJECTED)
                .without(Tags.CIDRS),
            "2026-11-22T07:00:00Z"));
    FakeCalendar calendar = FakeCalendar.closed();
    FakeWorkflows workflows = new FakeWorkflows();
    PendingScanHandler scan = scan(world, workflows, calendar);
    scan.handleRequest(new ScheduledEvent(), null);
    assertThat(workflows.started()).isEmpty();
    assertThat(calendar.asked()).isOne();

    calendar.show(new CalendarSight.Open());
    scan.handleRequest(new ScheduledEvent(), null);
    scan.handleRequest(new ScheduledEvent(), null);
    assertThat(workflows.started())
        .containsExactly(
            "disconnect " + deleted + "-thaw-0-2026-11-23",
            Samples.OTHER_PEERING + "-thaw-1795330800-2026-11-23",
            Samples.PEERING + "-thaw-1795417200-2026-11-23");
  }

  @Test
  void where_nothing_waits_no_calendar_is_asked() {
    FakeCalendar calendar = FakeCalendar.closed();
    scan(World.sample(), new FakeWorkflows(), calendar).handleRequest(new ScheduledEvent(), null);
    assertThat(calendar.asked()).isZero();
  }

  @Test
  void in_a_freeze_nobody_is_given_room() {
    World world = World.sample();
    world.put(waiting(Samples.PEERING, "10.110.0.0/16"));
    FakeWorkflows workflows = new FakeWorkflows();
    scan(world, workflows, FakeCalendar.closed()).handleRequest(new ScheduledEvent(), null);
    assertThat(workflows.started()).isEmpty();
  }

  private static PendingScanHandler scan(
      World world, FakeWorkflows workflows, FakeCalendar calendar) {
    return new PendingScanHandler(
        FakeAws.with(world)
            .hub(any -> world.hub().apply(Samples.PEERING))
            .workflows(workflows)
            .freezeCalendar(calendar)
            .clock(CLOCK)
            .aws());
  }

  private static Peering frozen(Peering peering, String since) {
    return peering.with(Tags.FROZEN, since + " until 2026-12-24T06:00:00Z");
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
