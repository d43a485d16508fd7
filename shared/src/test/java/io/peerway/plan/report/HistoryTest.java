package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.PeeringId;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.report.History.Run;
import io.peerway.plan.report.PastReport.Repaired;
import io.peerway.plan.report.Since.Earlier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant SEVEN = Instant.parse("2026-11-23T07:00:00Z");
  private static final String LINE = "pcx-00000001: add route a";
  private static final String DATED = LINE + ", since before yesterday";
  private static final ReportLine CHANGE = ReportLine.read(DATED);
  private static final PeeringId ONE = new PeeringId("pcx-00000001");
  private static final PeeringId TWO = new PeeringId("pcx-00000002");
  private static final Set<ReportLine> SAME = lines(LINE);

  private final List<Run> runs = new ArrayList<>();

  @Test
  void a_repair_that_failed_and_has_the_same_to_mend_is_known() {
    repair(EIGHT, "connected", "FAILED", DATED);
    assertThat(new History(runs).failed(ONE, SAME)).contains(EIGHT);
    assertThat(new History(runs).failed(TWO, lines("pcx-00000002: add route a"))).isEmpty();
  }

  @Test
  void a_repair_that_met_a_passing_fault_is_tried_again() {
    failed(NINE, "io.peerway.model.error.Throttled");
    failed(EIGHT, "io.peerway.model.error.Denied");
    assertThat(new History(runs).failed(ONE, SAME)).isEmpty();
    runs.removeFirst();
    assertThat(new History(runs).failed(ONE, SAME)).contains(EIGHT);
  }

  private void failed(Instant at, String error) {
    runs.add(
        run(
            at,
            "repair",
            "connected",
            List.of(DATED),
            List.of(new Repaired(ONE, "FAILED", error)),
            List.of()));
  }

  @Test
  void what_has_changed_since_is_another_matter() {
    repair(
        EIGHT, "connected", "FAILED", DATED, "pcx-00000001: add route b, since before yesterday");
    assertThat(new History(runs).failed(ONE, SAME)).isEmpty();
    assertThat(new History(runs).failed(ONE, lines(LINE, "pcx-00000001: add route b")))
        .contains(EIGHT);
  }

  @Test
  void the_last_repair_counts_whoever_asked_for_it() {
    repair(NINE, ONE.value(), "SUCCEEDED", DATED);
    repair(EIGHT, "connected", "FAILED", DATED);
    assertThat(new History(runs).failed(ONE, SAME)).isEmpty();
    runs.removeFirst();
    runs.addFirst(run(NINE, "repair", TWO.value(), List.of(), List.of(), List.of()));
    assertThat(new History(runs).failed(ONE, SAME)).contains(EIGHT);
  }

  @Test
  void a_run_that_did_not_try_again_remembers_when_it_failed() {
    runs.add(
        run(
            NINE,
            "repair",
            "connected",
            List.of(DATED),
            List.of(),
            List.of(
                new HeldBack(TWO, EIGHT.toString(), "not tried"),
                new HeldBack(ONE, SEVEN.toString(), "not tried"))));
    assertThat(new History(runs).failed(ONE, SAME)).contains(SEVEN);
    assertThat(new History(runs).failed(ONE, lines(LINE, "pcx-00000001: add route b"))).isEmpty();
  }

  @Test
  void a_plan_that_shows_the_same_hides_no_failure() {
    runs.add(run(NINE, "plan", "all", List.of(DATED), List.of(), List.of()));
    repair(EIGHT, "all", "FAILED", DATED);
    assertThat(new History(runs).failed(ONE, SAME)).contains(EIGHT);
  }

  @Test
  void what_was_well_in_between_has_drifted_anew() {
    runs.add(run(NINE, "plan", "all", List.of(), List.of(), List.of()));
    repair(EIGHT, "all", "FAILED", DATED);
    assertThat(new History(runs).failed(ONE, SAME)).isEmpty();
  }

  @Test
  void what_has_drifted_elsewhere_does_not_count_here() {
    String elsewhere = TWO + ": add route a, since before yesterday";
    repair(EIGHT, "all", "FAILED", DATED, elsewhere);
    assertThat(new History(runs).failed(ONE, SAME)).contains(EIGHT);
    runs.addFirst(run(NINE, "plan", "all", List.of(elsewhere), List.of(), List.of()));
    assertThat(new History(runs).failed(ONE, SAME)).as("it was well in between").isEmpty();
  }

  @Test
  void the_last_run_that_looked_at_as_much_is_the_one_to_compare_with() {
    runs.add(run(NINE, "plan", ONE.value(), List.of(), List.of(), List.of()));
    runs.add(run(EIGHT, "plan", "connected", List.of(DATED), List.of(), List.of()));
    runs.add(run(SEVEN, "plan", "all", List.of(), List.of(), List.of()));
    assertThat(new History(runs).earlier(order("plan", "all")))
        .contains(new Earlier(EIGHT, false, List.of(CHANGE), List.of(CHANGE)));
    runs.remove(1);
    assertThat(new History(runs).earlier(order("plan", "connected")))
        .contains(new Earlier(SEVEN, true, List.of(), List.of()));
    runs.remove(1);
    assertThat(new History(runs).earlier(order("plan", "connected"))).isEmpty();
    assertThat(History.NONE.earlier(order("plan", "all"))).isEmpty();
  }

  @Test
  void what_another_mode_said_of_a_change_nobody_has_heard_of_but_what_was_unknown_they_have() {
    ReportLine unknown = ReportLine.read(TWO + ": could not be read");
    runs.add(
        new Run(
            NINE,
            new PastReport(
                "plan", "all", List.of(CHANGE), List.of(unknown), List.of(), List.of(), "")));
    assertThat(new History(runs).earlier(order("repair", "all")))
        .contains(new Earlier(NINE, true, List.of(CHANGE), List.of(unknown)));
    assertThat(new History(runs).earlier(order("plan", "all")))
        .contains(new Earlier(NINE, true, List.of(CHANGE), List.of(CHANGE, unknown)));
  }

  private static ReconcileOrder order(String mode, String accounts) {
    return ReconcileOrder.of(Map.of("mode", mode, "accounts", accounts));
  }

  private void repair(Instant at, String extent, String state, String... lines) {
    runs.add(
        run(
            at,
            "repair",
            extent,
            List.of(lines),
            List.of(new Repaired(ONE, state, null)),
            List.of()));
  }

  private static Run run(
      Instant at,
      String mode,
      String extent,
      List<String> changes,
      List<Repaired> repaired,
      List<HeldBack> heldBack) {
    return new Run(
        at,
        new PastReport(
            mode,
            extent,
            changes.stream().map(ReportLine::read).toList(),
            List.of(),
            repaired,
            heldBack,
            null));
  }

  private static Set<ReportLine> lines(String... texts) {
    return Stream.of(texts).map(ReportLine::read).collect(Collectors.toSet());
  }
}
