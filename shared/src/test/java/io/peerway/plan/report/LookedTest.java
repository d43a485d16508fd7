package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.plan.report.PastReport.Repaired;
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

  private static PastReport report(
      String extent,
      String mode,
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
        List.of(),
        repaired,
        List.of(),
        new Seen("2026-11-29T12:00:00Z", List.of(), 0, List.of(), List.of(), List.of(), others));
  }
}
