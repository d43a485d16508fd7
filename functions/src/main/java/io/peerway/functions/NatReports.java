package io.peerway.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.plan.NatReport;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the document's answer in what Run Command kept of its output: the last line that is a JSON
 * object.
 */
final class NatReports {
  private NatReports() {}

  static Optional<NatReport> parse(String output) {
    return Arrays.stream(output.split("\n", -1))
        .map(String::strip)
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .reduce((earlier, later) -> later)
        .flatMap(NatReports::report);
  }

  private static Optional<NatReport> report(String line) {
    try {
      NatReport report = Json.mapper().readValue(line, NatReport.class);
      return report.clients() == null || report.servicesDigest() == null
          ? Optional.empty()
          : Optional.of(report);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
