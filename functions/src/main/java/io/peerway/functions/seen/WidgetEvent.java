package io.peerway.functions.seen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Json;
import io.peerway.functions.seen.html.Page;
import io.peerway.functions.seen.html.ReachHtml.Filled;
import io.peerway.functions.seen.html.Theme;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard gives a function: the parameters of the widget or of the button, and {@code
 * widgetContext} (CloudWatch user guide, "Details about custom widgets"). Whoever may invoke the
 * function may give it anything.
 */
record WidgetEvent(JsonNode json) {
  private static final Pattern EXECUTION = Pattern.compile("[0-9A-Za-z_-]{1,80}");
  private static final int NARROWEST = 240;
  private static final int USUAL = 800;
  private static final int BROADEST = 3000;

  /**
   * Reads it.
   *
   * @throws MalformedEvent where it is no JSON
   */
  static WidgetEvent read(InputStream in) throws IOException {
    try {
      return new WidgetEvent(Json.mapper().readTree(in));
    } catch (JsonProcessingException e) {
      throw new MalformedEvent(
          "input: a JSON object expected, got: " + Printable.shortened(e.getOriginalMessage()));
    }
  }

  /** How the widget looks; what cannot be read is as usual. */
  Page page() {
    int width = json.at("/widgetContext/width").asInt(USUAL);
    return new Page(
        Theme.of(json.at("/widgetContext/theme").asText("")),
        Math.max(NARROWEST, Math.min(BROADEST, width)));
  }

  /**
   * What is asked for.
   *
   * @throws MalformedEvent naming the parameter, its value and what was expected
   */
  Asked asked() {
    if (json.path("describe").asBoolean(false)) {
      return new Asked.Describe();
    }
    String widget = text("widget", "network");
    return switch (widget) {
      case "network" -> new Asked.Network();
      case "details" -> new Asked.Details(id(), run());
      case "reach" -> new Asked.Reach(filled(), json.path("ask").asBoolean(false));
      case "waiting" -> new Asked.Waiting();
      case "run" -> {
        String run = run();
        if (run == null) {
          throw new MalformedEvent("run: the name of an execution expected, got nothing");
        }
        yield new Asked.Run(run);
      }
      default ->
          throw new MalformedEvent(
              "widget: network, details, reach, waiting or run expected, got: "
                  + Printable.shortened(widget));
    };
  }

  /**
   * The connection that is meant.
   *
   * @throws MalformedEvent where that is no id
   */
  PeeringId id() {
    try {
      return new PeeringId(text("id", ""));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent("id: " + e.getMessage());
    }
  }

  /**
   * Whether something is to be repaired, or only planned.
   *
   * @throws MalformedEvent where it is neither
   */
  boolean isRepair() {
    String act = text("act", "");
    return switch (act) {
      case "repair" -> true;
      case "plan" -> false;
      default ->
          throw new MalformedEvent(
              "act: plan or repair expected, got: " + Printable.shortened(act));
    };
  }

  private @Nullable String run() {
    String run = text("run", "");
    if (run.isEmpty()) {
      return null;
    }
    if (!EXECUTION.matcher(run).matches()) {
      throw new MalformedEvent(
          "run: the name of an execution expected, got: " + Printable.shortened(run));
    }
    return run;
  }

  // Of the button's own parameters where there is no form, so that it can be asked by hand.
  private Filled filled() {
    return new Filled(field("to", ""), field("port", ""), field("protocol", "tcp"));
  }

  private String field(String name, String otherwise) {
    JsonNode typed = json.at("/widgetContext/forms/all").path(name);
    return Printable.shortened(
        (typed.isValueNode() ? typed.asText() : text(name, otherwise)).strip());
  }

  private String text(String name, String otherwise) {
    JsonNode value = json.path(name);
    return value.isMissingNode() || value.isNull()
        ? otherwise
        : value.isValueNode() ? value.asText() : value.toString();
  }
}
