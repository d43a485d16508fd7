package io.peerway.workflows.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One state of a workflow, with the scope that it lives in and may name others of. */
record State(Scope scope, String name, JsonNode json) {

  /**
   * A list of states that lead to each other: the workflow itself, a branch of a Parallel, or the
   * processor of a Map.
   *
   * @param item what a Map hands to the first state in place of its own input
   */
  record Scope(String file, String startAt, JsonNode states, Optional<JsonNode> item) {}

  boolean is(String type) {
    return json.path("Type").asText().equals(type);
  }

  /** Such as {@code connect.asl.json, Admit}: the beginning of every message. */
  String where() {
    return scope.file() + ", " + name;
  }

  List<JsonNode> list(String field) {
    return items(json.path(field));
  }

  static List<JsonNode> items(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }

  /** The states after this one. */
  List<String> next() {
    List<String> next = new ArrayList<>();
    for (String field : List.of("Next", "Default")) {
      if (json.has(field)) {
        next.add(json.get(field).asText());
      }
    }
    for (String field : List.of("Choices", "Catch")) {
      list(field).forEach(choice -> next.add(choice.path("Next").asText()));
    }
    return next;
  }

  /** Whether an execution, a branch or an item may end here. */
  boolean ends() {
    return json.path("End").asBoolean() || is("Succeed") || is("Fail");
  }

  /** The scopes inside this state. */
  List<Scope> inner() {
    List<Scope> inner = new ArrayList<>();
    list("Branches").forEach(branch -> inner.add(scope(branch, null)));
    for (String field : List.of("ItemProcessor", "Iterator")) {
      if (json.has(field)) {
        JsonNode item =
            json.has("ItemSelector") ? json.get("ItemSelector") : json.get("Parameters");
        inner.add(scope(json.get(field), item));
      }
    }
    return inner;
  }

  private Scope scope(JsonNode machine, JsonNode item) {
    return new Scope(
        scope.file(),
        machine.path("StartAt").asText(),
        machine.path("States"),
        Optional.ofNullable(item));
  }
}
