package io.peerway.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The metrics that are written while it is open, as CloudWatch reads them out of the log (user
 * guide, "Embedded metric format specification").
 */
public final class Emitted implements AutoCloseable {
  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  public Emitted() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  /** Each as {@code Refusals 1.0 Count [Rule=Decision]}. */
  public List<String> lines() {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"_aws\""))
        .map(line -> line(Invoked.json(line)))
        .toList();
  }

  private static String line(JsonNode metric) {
    JsonNode directive = metric.at("/_aws/CloudWatchMetrics/0");
    String name = directive.at("/Metrics/0/Name").asText();
    return "%s %s %s %s"
        .formatted(
            name,
            metric.get(name).asText(),
            directive.at("/Metrics/0/Unit").asText(),
            directive
                .at("/Dimensions/0")
                .valueStream()
                .map(
                    dimension -> dimension.asText() + "=" + metric.get(dimension.asText()).asText())
                .sorted()
                .toList());
  }

  @Override
  public void close() {
    System.setOut(stdout);
  }
}
