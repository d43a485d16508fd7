package io.peerway.functions.nat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Json;
import io.peerway.plan.nat.NatReading;
import io.peerway.plan.nat.NatReport;
import io.peerway.plan.nat.NatSurroundings;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the document's answer in what Run Command kept of its output: the last line that is a JSON
 * object.
 */
public final class NatReports {
  private NatReports() {}

  public static Optional<NatReport> parse(String output) {
    return last(output, NatReport.class)
        .filter(report -> report.clients() != null && report.servicesDigest() != null);
  }

  /** The answer to a question. */
  public static Optional<NatReading> reading(String output) {
    return last(output, NatReading.class)
        .filter(
            reading ->
                reading.clients() != null
                    && reading.servicesDigest() != null
                    && reading.boot() != null
                    && "report".equals(reading.outcome()));
  }

  /** What it says of others. */
  public static Optional<NatSurroundings> surroundings(String output) {
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
