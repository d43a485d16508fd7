package io.peerway.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.plan.NatReading;
import io.peerway.plan.NatReport;
import io.peerway.plan.NatSurroundings;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the document's answer in what Run Command kept of its output: the last line that is a JSON
 * object.
 */
final class NatReports {
  private NatReports() {}

  static Optional<NatReport> parse(String output) {
    return last(output, NatReport.class)
        .filter(report -> report.clients() != null && report.servicesDigest() != null);
  }

  /** The answer to a question. */
  static Optional<NatReading> reading(String output) {
    return last(output, NatReading.class)
        .filter(
            reading ->
                reading.clients() != null
                    && reading.servicesDigest() != null
                    && reading.boot() != null
                    && "report".equals(reading.outcome()));
  }

  /** What it says of others. */
  static Optional<NatSurroundings> surroundings(String output) {
    return last(output, NatSurroundings.class);
  }

  private static <T> Optional<T> last(String output, Class<T> type) {
    return Arrays.stream(output.split("\n", -1))
        .map(String::strip)
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .reduce((earlier, later) -> later)
        .flatMap(line -> read(line, type));
  }

  private static <T> Optional<T> read(String line, Class<T> type) {
    try {
      return Optional.ofNullable(Json.mapper().readValue(line, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
