package io.peerway.plan.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.report.Looked;
import io.peerway.plan.report.Standing;
import io.peerway.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {
  private static final String ID = Samples.PEERING.value();
  private static final Instant NOW = Runs.READ.plus(Duration.ofMinutes(30));

  private static final Peering REQUEST = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);

  private final Runs run = new Runs();

  @Test
  void what_was_let_in_and_has_nothing_against_it_is_connected() {
    assertThat(of(connected()).state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void what_has_drifted_could_not_be_read_or_has_to_end_is_said_with_its_reason() {
    run.changed(ID + ": add route a, since before noon");
    assertThat(of(connected())).isEqualTo(new Judgement(State.DRIFTED, "add route a"));
    run.unread(ID + ": its account could not be checked: Denied");
    assertThat(of(connected()))
        .isEqualTo(new Judgement(State.UNKNOWN, "its account could not be checked: Denied"));
    run.ends(Samples.PEERING);
    assertThat(of(connected()).state()).isEqualTo(State.ENDING);
  }

  @Test
  void what_another_connection_has_is_none_of_its() {
    run.changed(Samples.OTHER_PEERING + ": add route a, since before noon");
    assertThat(of(connected()).state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void before_the_first_run_nobody_knows() {
    assertThat(Judgement.of(connected(), Looked.NOTHING, NOW).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void what_was_let_in_since_the_last_run_is_underway_for_some_minutes_and_then_connected() {
    Peering fresh = letIn(NOW.minusSeconds(60));
    assertThat(of(fresh).state()).isEqualTo(State.WAITING);
    assertThat(of(letIn(NOW.minus(Duration.ofMinutes(6)))).state()).isEqualTo(State.CONNECTED);
    // What an earlier run said of its request is over.
    run.changed(ID + ": accept the request, since before noon");
    assertThat(of(letIn(NOW.minus(Duration.ofMinutes(6)))).state()).isEqualTo(State.CONNECTED);
    // Of one that the run has seen it is not.
    assertThat(of(letIn(Runs.READ.minusSeconds(1))).state()).isEqualTo(State.DRIFTED);
  }

  @Test
  void a_request_waits_unless_a_person_or_a_rule_is_against_it() {
    Peering request = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(of(request).state()).isEqualTo(State.WAITING);
    assertThat(of(request.with(Tags.DECISION, "refuse")).state()).isEqualTo(State.REFUSED);
    assertThat(of(request.with(Tags.WAITS_FOR, "10.110.0.0/16")).why()).contains("room");
    run.stands(new Standing(Samples.PEERING, Finding.Sort.REFUSED))
        .left(ID + ": made by hand, and refused by rule InsideAllowedPool: 192.0.2.0/24");
    assertThat(of(request))
        .isEqualTo(
            new Judgement(
                State.REFUSED,
                "made by hand, and refused by rule InsideAllowedPool: 192.0.2.0/24"));
  }

  @Test
  void what_people_accepted_against_the_rules_is_refused_until_it_is_let_in() {
    run.stands(new Standing(Samples.PEERING, Finding.Sort.REFUSED));
    Peering byHand = Samples.request(PeeringStatus.ACTIVE);
    assertThat(of(byHand).state()).isEqualTo(State.REFUSED);
    assertThat(of(connected()).state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void without_its_tags_nobody_knows_and_with_a_withdrawn_claim_it_ends() {
    assertThat(of(Samples.request(PeeringStatus.ACTIVE)).state()).isEqualTo(State.UNKNOWN);
    assertThat(of(connected().with(Tags.CIDRS, "nonsense")).state()).isEqualTo(State.UNKNOWN);
    assertThat(of(connected().with(Tags.CIDRS, "")).state()).isEqualTo(State.ENDING);
    assertThat(of(connected().with(Tags.ENDS, "vpc")).state()).isEqualTo(State.ENDING);
  }

  @Test
  void something_of_others_on_a_vpn_instance_is_not_connected() {
    assertThat(of(connected().with(Tags.OBSTRUCTED, "vpn")).state()).isEqualTo(State.DRIFTED);
  }

  @Test
  void what_ends_says_what_is_still_to_be_changed_where_a_run_has_said_so() {
    run.ends(Samples.PEERING);
    assertThat(of(connected())).isEqualTo(new Judgement(State.ENDING, "it is being ended"));
    run.changed(ID + ": disconnect: its tag is off, since before noon");
    assertThat(of(connected()))
        .isEqualTo(new Judgement(State.ENDING, "disconnect: its tag is off"));
  }

  @Test
  void a_request_says_why_it_is_refused_or_waits() {
    assertThat(of(REQUEST))
        .isEqualTo(new Judgement(State.WAITING, "the request is not decided yet"));
    assertThat(of(REQUEST.with(Tags.DECISION, "refuse")))
        .isEqualTo(new Judgement(State.REFUSED, "a person has refused it"));
    // Its claim is withdrawn, and it was never accepted.
    assertThat(of(REQUEST.with(Tags.CIDRS, "")).state()).isEqualTo(State.WAITING);
    run.left(ID + ": waits for approval");
    assertThat(of(REQUEST)).isEqualTo(new Judgement(State.WAITING, "waits for approval"));
  }

  @Test
  void what_people_accepted_waits_for_approval_until_it_is_let_in() {
    run.stands(new Standing(Samples.PEERING, Finding.Sort.WAITS_FOR_APPROVAL));
    Peering byHand = Samples.request(PeeringStatus.ACTIVE);
    assertThat(of(byHand)).isEqualTo(new Judgement(State.WAITING, "it waits"));
    run.left(ID + ": waits for approval");
    assertThat(of(byHand)).isEqualTo(new Judgement(State.WAITING, "waits for approval"));
    assertThat(of(connected()).state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void a_rule_against_what_people_accepted_is_said_where_no_line_says_more() {
    run.stands(new Standing(Samples.PEERING, Finding.Sort.REFUSED));
    Peering byHand = Samples.request(PeeringStatus.ACTIVE);
    assertThat(of(byHand)).isEqualTo(new Judgement(State.REFUSED, "a rule is against it"));
    run.left(ID + ": refused by rule A");
    assertThat(of(byHand)).isEqualTo(new Judgement(State.REFUSED, "refused by rule A"));
  }

  @Test
  void five_minutes_after_it_was_let_in_it_is_no_longer_underway() {
    assertThat(of(letIn(NOW.minus(Duration.ofMinutes(5)).plusSeconds(1))))
        .isEqualTo(new Judgement(State.WAITING, "it was let in just now, and is being connected"));
    assertThat(of(letIn(NOW.minus(Duration.ofMinutes(5)))))
        .isEqualTo(new Judgement(State.CONNECTED, "no run of reconcile has looked at it yet"));
  }

  @Test
  void what_has_lost_its_claim_since_it_was_let_in_is_not_underway() {
    assertThat(of(letIn(NOW.minusSeconds(60)).without(Tags.CIDRS)))
        .isEqualTo(
            new Judgement(State.UNKNOWN, "nobody of Peerway has let it in, or its tags are gone"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "some time ago"})
  void without_the_time_of_a_run_nobody_knows(String at) {
    Looked looked =
        new Looked(at, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(Judgement.of(connected(), looked, NOW))
        .isEqualTo(new Judgement(State.UNKNOWN, "no run of reconcile has ended yet"));
  }

  @Test
  void what_is_connected_says_what_of_others_was_left_alone_beside_it() {
    assertThat(of(connected())).isEqualTo(new Judgement(State.CONNECTED, "all is as it should be"));
    run.left(ID + ": rtb-1 of others");
    assertThat(of(connected())).isEqualTo(new Judgement(State.CONNECTED, "rtb-1 of others"));
  }

  @ParameterizedTest
  @EnumSource(
      value = PeeringStatus.class,
      names = {"DELETING", "DELETED", "EXPIRED", "FAILED"})
  void what_is_over_and_has_its_claim_is_ending(PeeringStatus status) {
    assertThat(of(Samples.in(connected(), status)).state()).isEqualTo(State.ENDING);
  }

  @Test
  void a_rejected_request_was_refused() {
    assertThat(of(Samples.request(PeeringStatus.REJECTED)).state()).isEqualTo(State.REFUSED);
  }

  @Test
  void a_damaged_note_of_when_it_was_let_in_counts_for_nothing() {
    for (String note : new String[] {"", "yesterday run", "2026-11-29T12:00:00Z <b>", "x"}) {
      assertThat(of(connected().with(Tags.LET_IN, note)).state()).isEqualTo(State.CONNECTED);
    }
  }

  @Test
  void one_that_was_rejected_after_its_claim_is_ending() {
    assertThat(of(Samples.in(connected(), PeeringStatus.REJECTED)))
        .isEqualTo(new Judgement(State.ENDING, "the peering connection is rejected"));
  }

  private Judgement of(Peering peering) {
    return Judgement.of(peering, run.ended().looked(), NOW);
  }

  private static Peering connected() {
    return Samples.request(PeeringStatus.ACTIVE)
        .with(Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24")
        .with(Tags.BY, Tags.BY_TAG);
  }

  private static Peering letIn(Instant at) {
    return connected().with(Tags.LET_IN, at + " " + ID + "-1795953600-0");
  }
}
