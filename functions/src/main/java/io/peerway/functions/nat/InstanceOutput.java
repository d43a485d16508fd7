package io.peerway.functions.nat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Json;
import io.peerway.plan.nat.AppliedSet;
import io.peerway.plan.nat.SetInForce;
import io.peerway.plan.nat.Surroundings;
import io.peerway.plan.nat.Tracking;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the document's answer in what Run Command kept of its output: the last line that is a JSON
 * object.
 */
public final class InstanceOutput {
  private InstanceOutput() {}

  public static Optional<AppliedSet> parse(String output) {
    return last(output, AppliedSet.class)
        .filter(report -> report.clients() != null && report.servicesDigest() != null);
  }

  /** The answer to a question. */
  public static Optional<SetInForce> reading(String output) {
    return last(output, SetInForce.class)
        .filter(
            reading ->
                reading.clients() != null
                    && reading.servicesDigest() != null
                    && reading.boot() != null
                    && "report".equals(reading.outcome()));
  }

  /** What it says of others. */
  public static Optional<Surroundings> surroundings(String output) {
    return last(output, Surroundings.class);
  }

  /** What it counts of the connections through it. */
  public static Optional<Tracking> tracking(String output) {
    return last(output, Tracking.class);
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
