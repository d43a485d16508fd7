package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.plan.findings.Finding;
import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportLineTest {
  private static final Finding ROUTE =
      Finding.drift(Samples.PEERING, "add route 10.110.0.0/16 -> pcx-1: to rtb-1").by("ci at noon");

  @Test
  void it_reads_what_it_has_written() {
    for (ReportLine line :
        List.of(
            ReportLine.dated(ROUTE, "before 2026-11-23T08:00:00Z"),
            ReportLine.dated(ROUTE, "between a and b").nameless(),
            ReportLine.of(Finding.unknown(Samples.SERVICE_VPC, "denied: no role")),
            ReportLine.more(7))) {
      assertThat(ReportLine.read(line.toString())).isEqualTo(line);
    }
  }

  @Test
  void it_knows_where_what_since_when_and_by_whom() {
    assertThat(ReportLine.dated(ROUTE, "before noon"))
        .hasToString(
            Samples.PEERING
                + ": add route 10.110.0.0/16 -> pcx-1: to rtb-1, since before noon, by ci at noon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ": ", "nowhere: what", "and 3 more lines", "what, since when"})
  void one_about_an_unknown_place_is_kept_as_it_is(String text) {
    assertThat(ReportLine.read(text))
        .isEqualTo(new ReportLine(null, text, null, null))
        .hasToString(text);
  }
}
