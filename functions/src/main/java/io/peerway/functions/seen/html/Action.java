package io.peerway.functions.seen.html;

import static j2html.TagCreator.each;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Json;
import j2html.TagCreator;
import j2html.tags.DomContent;
import j2html.tags.specialized.ButtonTag;
import java.util.Map;
import java.util.TreeMap;

/**
 * A button and what it does. A widget has no JavaScript; the dashboard does what the element {@code
 * cwdb-action} behind a button says (CloudWatch user guide, "Interactivity in the custom widget").
 *
 * @param endpoint the ARN of the function that is called
 * @param event what it is given, beside {@code widgetContext}
 * @param confirmation what has to be confirmed first; empty where nothing has to
 * @param display where the answer goes
 */
record Action(String endpoint, Map<String, ?> event, String confirmation, Display display) {

  /** With its parameters in an order that does not change from one answer to the next. */
  Action {
    event = new TreeMap<>(event);
  }

  /** Where an answer goes. */
  enum Display {
    POPUP("popup"),
    WIDGET("widget");

    private final String word;

    Display(String word) {
      this.word = word;
    }
  }

  static Action opening(String endpoint, Map<String, ?> event) {
    return new Action(endpoint, event, "", Display.POPUP);
  }

  static Action replacing(String endpoint, Map<String, ?> event) {
    return new Action(endpoint, event, "", Display.WIDGET);
  }

  Action confirmed(String question) {
    return new Action(endpoint, event, question, display);
  }

  /** A button that does it. */
  DomContent button(String words, boolean isPrimary) {
    return on(pressable(words).withClasses("btn", isPrimary ? "btn-primary" : "btn-secondary"));
  }

  /** Whatever was made to be pressed, and that it does this. */
  DomContent on(ButtonTag pressed) {
    Element action =
        new Element("cwdb-action")
            .attr("action", "call")
            .attr("display", display.word)
            .attr("endpoint", endpoint)
            .attr("event", "click");
    if (!confirmation.isEmpty()) {
      action.attr("confirmation", confirmation);
    }
    return each(pressed, action.withText(json()));
  }

  /** What can be pressed, by the keyboard as well. */
  static ButtonTag pressable(String words) {
    return TagCreator.button().withType("button").withText(words);
  }

  private String json() {
    try {
      return Json.mapper().writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
