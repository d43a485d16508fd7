package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.Membership;
import io.peerway.model.error.Throttled;
import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.testing.FakeCalendar;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** While the freeze calendar is closed nothing is changed that people have not started. */
class FreezeTest {
  private static final String HOURLY =
      "{'mode': 'repair', 'accounts': 'connected', 'freezes': 'HEED'}";
  private static final String END = FakeCalendar.END.toString();

  private final Machines machines = new Machines();
  private final World world = machines.world;
  private final FakeCalendar calendar = FakeCalendar.closed();

  private void freeze() {
    machines.calendar = calendar;
    world.transcript().forget();
  }

  private void connected(String... tags) {
    tag(tags);
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.ACTIVE);
    freeze();
  }

  private void tag(String... names) {
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            Samples.SERVICE_CIDRS,
            names.length == 0 ? Map.of() : Map.of(names[0], "true")));
  }

  private static String told(Execution execution) {
    assertThat(execution.published()).hasSize(1);
    return execution.published().getFirst().get("Message").asText();
  }

  private List<String> changes() {
    return world.transcript().changes();
  }

  @Test
  void a_request_waits_and_is_told_once_with_the_end_and_the_calendar_is_asked_once_a_run() {
    freeze();
    Execution first = machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(first.path()).containsExactly("Admit", "Admission", "NotifyFrozen");
    assertThat(told(first))
        .contains("the freeze calendar the-calendar is closed, until " + END)
        .contains("{\"peeringId\": \"pcx-0a1b2c3d4e5f60718\"}");
    assertThat(calendar.asked()).isOne();
    Peering waiting = world.peering(Samples.PEERING);
    assertThat(waiting.status()).isEqualTo(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(waiting.isClaimed()).isFalse();
    assertThat(waiting.tags()).containsEntry(Tags.FROZEN, "2026-11-23T08:00:00Z until " + END);
    assertThat(changes())
        .satisfiesExactly(
            note -> assertThat(note).contains(Tags.FROZEN),
            status -> assertThat(status).endsWith("says waiting for the end of a freeze"));

    Execution second = machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(second.path()).containsExactly("Admit", "Admission", "Frozen");
    assertThat(changes()).hasSize(2);
  }

  @Test
  void what_its_owner_wrote_over_the_status_of_one_that_waits_the_daily_run_puts_right() {
    freeze();
    machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            Samples.SERVICE_CIDRS,
            Map.of(Tags.STATUS, "connected 2026-11-23")));
    machines.reconcile(HOURLY.replace("connected", "all"));
    assertThat(world.status(Samples.SERVICE_VPC)).isEqualTo("waiting for the end of a freeze");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.PENDING_ACCEPTANCE);
  }

  @Test
  void when_the_freeze_is_over_it_goes_on_and_the_note_goes() {
    freeze();
    machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    calendar.show(new CalendarSight.Open());
    Execution execution = machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(execution.path()).endsWith("NotifyConnected");
    assertThat(told(execution)).doesNotContain("freeze");
    assertThat(world.peering(Samples.PEERING).waitsInAFreeze()).isFalse();
    assertThat(calendar.asked()).isEqualTo(2);
  }

  @Test
  void a_start_by_hand_goes_through_and_says_so() {
    freeze();
    Execution execution = machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(execution.path()).endsWith("NotifyConnected");
    assertThat(told(execution))
        .endsWith(
            "This went through a freeze: the freeze calendar the-calendar is closed, until "
                + END
                + "; people started it.");
    assertThat(calendar.asked()).isOne();
  }

  @Test
  void a_redrive_goes_through_and_says_so() {
    calendar.show(new CalendarSight.Open());
    freeze();
    world.cutOffAfter(0);
    Execution execution =
        machines.of(Workflow.CONNECT, "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'freezes': 'HEED'}");
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(execution::run);
    world.mend();
    calendar.show(new CalendarSight.Closed(FakeCalendar.END));
    execution.redrive();
    assertThat(execution.path()).endsWith("NotifyConnected");
    assertThat(told(execution)).contains("went through a freeze").endsWith("people redrove it.");
  }

  @Test
  void one_that_is_redriven_at_a_later_step_says_so_too() {
    calendar.show(new CalendarSight.Open());
    freeze();
    world.cutOffAfter(4);
    Execution execution =
        machines.of(Workflow.CONNECT, "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'freezes': 'HEED'}");
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(execution::run);
    world.mend();
    execution.redrive();
    assertThat(told(execution))
        .endsWith("People redrove it, which waits for no freeze of the calendar the-calendar.");
  }

  @Test
  void a_connect_that_is_half_way_when_the_freeze_begins_is_finished() {
    calendar.show(new CalendarSight.Open());
    freeze();
    Execution execution =
        machines.of(
            Workflow.CONNECT,
            "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'freezes': 'HEED'}",
            () -> {
              calendar.show(new CalendarSight.Closed(FakeCalendar.END));
              world.settle();
            });
    execution.run();
    assertThat(execution.path()).endsWith("NotifyConnected");
    assertThat(calendar.asked()).isOne();
  }

  @Test
  void one_whose_tag_goes_off_half_way_is_taken_to_its_end_and_asks_once() {
    tag(Tags.CONNECT);
    calendar.show(new CalendarSight.Open());
    freeze();
    Execution execution =
        machines.of(
            Workflow.CONNECT,
            "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'freezes': 'HEED'}",
            () -> {
              calendar.show(new CalendarSight.Closed(FakeCalendar.END));
              world.settle();
              world.put(world.peering(Samples.PEERING).with(Tags.CIDRS, "10.111.0.0/16"));
              tag();
            });
    execution.run();
    assertThat(execution.started())
        .isNotEmpty()
        .allSatisfy(
            started ->
                assertThat(started.at("/Input/freezes").asText())
                    .as("%s", started)
                    .isEqualTo("PASSED"));
    assertThat(calendar.asked()).isOne();
  }

  @Test
  void what_is_only_to_be_mended_waits_without_a_word() {
    connected();
    world.peering(Samples.PEERING);
    Execution execution = machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(execution.path()).containsExactly("Admit", "Admission", "Frozen");
    assertThat(changes()).isEmpty();
  }

  @Test
  void a_cidr_that_is_added_waits_and_is_told_once() {
    connected();
    List<Cidr> more = Cidr.list("10.110.0.0/16 10.120.0.0/24 10.130.0.0/24");
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, more, Map.of()));
    Execution first = machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(told(first)).contains("10.130.0.0/24").contains(END);
    assertThat(machines.runByItself(Workflow.CONNECT, Samples.PEERING).published()).isEmpty();
    assertThat(world.peering(Samples.PEERING).claim()).isEqualTo(Samples.SERVICE_CIDRS);
    calendar.show(new CalendarSight.Open());
    machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(world.peering(Samples.PEERING).claim()).isEqualTo(more);
    assertThat(world.peering(Samples.PEERING).waitsInAFreeze()).isFalse();
  }

  @Test
  void the_end_that_a_tag_taken_off_asks_for_waits_and_is_told_once() {
    connected(Tags.CONNECT);
    tag();
    Execution first = machines.runByItself(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(first.path()).containsExactly("Withdraw", "Withdrawal", "NotifyFrozen");
    assertThat(told(first)).contains("no longer has the tag").contains(END);
    assertThat(machines.runByItself(Workflow.DISCONNECT, Samples.PEERING).path())
        .containsExactly("Withdraw", "Withdrawal", "Frozen");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.ACTIVE);
    assertThat(changes()).hasSize(1);
    assertThat(calendar.asked()).isEqualTo(2);

    calendar.show(new CalendarSight.Open());
    machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(world.peering(Samples.PEERING).isLive()).isFalse();
  }

  @Test
  void a_persons_refusal_goes_through_and_says_so() {
    connected();
    world.put(world.peering(Samples.PEERING).with(Tags.DECISION, "refuse"));
    Execution execution = machines.runByItself(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(execution.path()).contains("NotifyDisconnected");
    assertThat(told(execution)).contains("went through a freeze").contains("a person's refusal");
    assertThat(world.peering(Samples.PEERING).isLive()).isFalse();
    assertThat(calendar.asked()).isOne();
  }

  @Test
  void so_does_the_end_of_an_account_even_where_the_calendar_does_not_answer() {
    connected();
    machines.organization.put(
        Samples.SERVICE_ACCOUNT, new Membership.Member(Samples.ORGANIZATION, false, List.of()));
    calendar.fail(new Throttled("GetCalendarState", new RuntimeException("slow")));
    Execution execution = machines.lookByItself(Samples.SERVICE_ACCOUNT);
    assertThat(execution.path()).contains("Disconnect");
    assertThat(world.peering(Samples.PEERING).isLive()).isFalse();
  }

  @Test
  void a_request_that_is_taken_back_is_rejected() {
    tag(Tags.CONNECT);
    freeze();
    world.put(world.peering(Samples.PEERING).with(Tags.BY, Tags.BY_TAG));
    machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    tag();
    machines.lookByItself(Samples.SERVICE_ACCOUNT);
    assertThat(world.peering(Samples.PEERING).isLive()).isFalse();
  }

  @Test
  void a_tagged_vpc_is_asked_for_and_waits_and_a_look_by_hand_lets_it_through() {
    world.put(Samples.request(PeeringStatus.DELETED));
    tag(Tags.CONNECT);
    freeze();
    machines.lookByItself(Samples.SERVICE_ACCOUNT);
    Peering asked = world.peerings().stream().filter(Peering::isLive).findFirst().orElseThrow();
    assertThat(asked.status()).isEqualTo(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(asked.waitsInAFreeze()).isTrue();
    assertThat(machines.lookByItself(Samples.SERVICE_ACCOUNT).started()).isEmpty();
  }

  @Test
  void a_calendar_that_cannot_be_read_is_taken_for_closed_and_people_are_told_why() {
    freeze();
    calendar.show(new CalendarSight.Unreadable("InvalidDocument: it is gone"));
    Execution execution = machines.runByItself(Workflow.CONNECT, Samples.PEERING);
    assertThat(told(execution))
        .contains("cannot be read, and is taken for closed (InvalidDocument: it is gone)");
    assertThat(world.peering(Samples.PEERING).tags().get(Tags.FROZEN)).endsWith("until unknown");
  }

  @Test
  void the_hourly_run_only_plans_says_so_and_tells_it_once() {
    connected();
    unroute();
    Execution first = machines.reconcile(HOURLY);
    assertThat(changes()).isEmpty();
    JsonNode report = first.output();
    assertThat(report.get("mode").asText()).isEqualTo("plan");
    assertThat(report.get("freeze").asText()).contains("closed, until " + END);
    assertThat(report.get("changes")).isNotEmpty();
    assertThat(told(first)).contains("Planned only: the freeze calendar").contains(END);
    assertThat(calendar.asked()).isOne();
  }

  @Test
  void started_by_hand_it_repairs_and_says_so() {
    connected();
    unroute();
    Execution execution = machines.reconcile("{'mode': 'repair', 'accounts': 'connected'}");
    assertThat(execution.output().get("mode").asText()).isEqualTo("repair");
    assertThat(told(execution))
        .contains("This went through a freeze")
        .contains("people started it");
    assertThat(changes()).isNotEmpty();
    assertThat(execution.started())
        .allSatisfy(
            started -> assertThat(started.at("/Input/freezes").asText()).isEqualTo("BY_HAND"));
  }

  @Test
  void in_a_freeze_the_hourly_run_ends_what_a_person_has_refused() {
    connected();
    unroute();
    world.put(world.peering(Samples.PEERING).with(Tags.DECISION, "refuse"));
    machines.reconcile(HOURLY);
    assertThat(world.peering(Samples.PEERING).isLive()).isFalse();
  }

  @Test
  void in_a_freeze_it_leaves_an_end_that_nobody_has_decided() {
    connected(Tags.CONNECT);
    tag();
    Execution execution = machines.reconcile(HOURLY.replace("connected", "all"));
    assertThat(execution.output().get("changes").toString()).contains("disconnect, because");
    assertThat(world.peering(Samples.PEERING).isLive()).isTrue();
    assertThat(execution.started()).isEmpty();
  }

  @Test
  void a_vpn_instance_that_lacks_its_set_is_given_it_in_a_freeze() {
    connected();
    machines.vpn.flush();
    Execution execution = machines.reconcile(HOURLY);
    assertThat(machines.vpn.inForce().services()).isEqualTo(Samples.SERVICE_CIDRS);
    assertThat(execution.path()).contains("ApplyNat");
    assertThat(changes()).allMatch(line -> line.startsWith("VPN: "));
  }

  @Test
  void a_calendar_that_cannot_be_read_is_listed_though_nothing_has_drifted() {
    connected();
    calendar.show(new CalendarSight.Unreadable("AccessDeniedException: no"));
    Execution execution = machines.reconcile(HOURLY);
    assertThat(execution.output().get("unknown").toString())
        .contains("freeze calendar: AccessDeniedException: no");
    assertThat(told(execution)).contains("AccessDeniedException");
  }

  @Test
  void a_run_that_changes_nothing_asks_no_calendar() {
    connected();
    machines.reconcile("{'mode': 'plan', 'freezes': 'HEED'}");
    machines.runByItself(Workflow.DISCONNECT, Samples.PEERING);
    machines.lookByItself(Samples.SERVICE_ACCOUNT);
    assertThat(calendar.asked()).isZero();
  }

  /** Somebody empties one of the hub's route tables. */
  private void unroute() {
    world.put(world.tables(Samples.HUB_VPC).getFirst().withRoutes(List.of()));
  }
}
