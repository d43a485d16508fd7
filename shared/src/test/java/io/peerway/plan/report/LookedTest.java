package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Start;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding.Sort;
import io.peerway.plan.report.PastReport.Repaired;
import io.peerway.testing.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LookedTest {
  private static final PeeringId ONE = new PeeringId("pcx-00000001");
  private static final PeeringId TWO = new PeeringId("pcx-00000002");
  private static final Place VPN = new Place.OnVpn(new InstanceId("i-00000001"));

  @Test
  void a_run_for_one_connection_hands_on_what_was_known_of_the_others() {
    Looked before =
        Looked.of(
            report(
                "connected",
                "plan",
                List.of(),
                null,
                ONE + ": add route a, since before noon",
                TWO + ": add route b, since before noon",
                VPN + ": translate to [10.1.0.0/16], since before noon"));
    Looked after = Looked.of(report(ONE.value(), "plan", List.of(), before));
    assertThat(after.changes())
        .as("of the one, and of the VPN instances, this run says what is so")
        .extracting(ReportLine::toString)
        .containsExactly(TWO + ": add route b, since before noon");
    // A third run hands on what the second one has kept.
    Looked later =
        Looked.of(
            report(
                ONE.value(), "plan", List.of(), after, ONE + ": add route c, since before noon"));
    assertThat(later.changes())
        .extracting(ReportLine::toString)
        .containsExactly(
            ONE + ": add route c, since before noon", TWO + ": add route b, since before noon");
  }

  @Test
  void what_was_mended_has_not_drifted_and_what_could_not_be_is_said() {
    Looked looked =
        Looked.of(
            report(
                "all",
                "repair",
                List.of(
                    new Repaired(ONE, "SUCCEEDED", null), new Repaired(TWO, "FAILED", "Denied")),
                null,
                ONE + ": add route a, since before noon",
                TWO + ": add route b, since before noon"));
    assertThat(looked.changes()).extracting(ReportLine::at).containsExactly(TWO);
    assertThat(looked.failed()).extracting(Repaired::error).containsExactly("Denied");
  }

  @Test
  void of_the_one_connection_nothing_else_that_was_known_before_is_handed_on() {
    List<HeldBack> held = List.of(new HeldBack(ONE, "", "r"), new HeldBack(TWO, "", "r"));
    List<Standing> standings =
        List.of(new Standing(ONE, Sort.REFUSED), new Standing(TWO, Sort.WAITS_FOR_ROOM));
    List<Repaired> failed =
        List.of(new Repaired(ONE, "FAILED", "Denied"), new Repaired(TWO, "FAILED", "Denied"));
    Looked before =
        new Looked("", List.of(), List.of(), List.of(), held, standings, List.of(ONE, TWO), failed);
    Looked after = Looked.of(report(ONE.value(), "plan", List.of(), before));
    assertThat(after.heldBack()).containsExactly(held.getLast());
    assertThat(after.standings()).containsExactly(standings.getLast());
    assertThat(after.ending()).containsExactly(TWO);
    assertThat(after.failed()).containsExactly(failed.getLast());
  }

  @Test
  void an_end_that_was_reached_is_not_under_way() {
    List<Start> ends =
        List.of(
            new Start.Disconnect(Samples.SERVICE_ACCOUNT, ONE, "over"),
            new Start.Disconnect(Samples.OTHER_ACCOUNT, TWO, "over"));
    List<Repaired> repaired =
        List.of(new Repaired(ONE, "SUCCEEDED", null), new Repaired(TWO, "STARTED", null));
    assertThat(Looked.of(report("all", "repair", ends, repaired, null)).ending())
        .containsExactly(TWO);
  }

  @Test
  void the_vpn_instances_are_sent_their_set_by_every_run_that_repairs_and_by_none_that_plans() {
    String translate = VPN + ": translate to [10.1.0.0/16], since before noon";
    String route = ONE + ": add route a, since before noon";
    assertThat(Looked.of(report("all", "repair", List.of(), null, translate, route)).changes())
        .extracting(ReportLine::at)
        .containsExactly(ONE);
    assertThat(Looked.of(report("all", "plan", List.of(), null, translate, route)).changes())
        .extracting(ReportLine::at)
        .containsExactly(VPN, ONE);
  }

  private static PastReport report(
      String extent,
      String mode,
      List<Repaired> repaired,
      @Nullable Looked others,
      String... changes) {
    return report(extent, mode, List.of(), repaired, others, changes);
  }

  private static PastReport report(
      String extent,
      String mode,
      List<Start> todo,
      List<Repaired> repaired,
      @Nullable Looked others,
      String... changes) {
    return new PastReport(
        mode,
        extent,
        "",
        List.of(changes).stream().map(ReportLine::read).toList(),
        List.of(),
        List.of(),
        todo,
        repaired,
        List.of(),
        new Seen("2026-11-29T12:00:00Z", List.of(), 0, List.of(), List.of(), List.of(), others),
        "");
  }
}
