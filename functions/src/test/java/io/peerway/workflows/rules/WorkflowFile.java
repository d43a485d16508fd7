package io.peerway.workflows.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.peerway.workflows.rules.State.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One file of workflows/. */
record WorkflowFile(String file, String text, JsonNode json) {
  // Of two states with one name, every reader takes another.
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

  static WorkflowFile of(String file, String text) {
    try {
      return new WorkflowFile(file, text, STRICT.readTree(text));
    } catch (JsonProcessingException e) {
      throw new AssertionError(file + " is not JSON: " + e.getMessage(), e);
    }
  }

  /** The names between <code>${</code> and <code>}</code>. */
  TreeSet<String> substitutions() {
    TreeSet<String> names = new TreeSet<>();
    SUBSTITUTION.matcher(text).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  /** The workflow itself and every branch and processor in it, however deep. */
  List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>();
    scopes.add(
        new Scope(file, json.path("StartAt").asText(), json.path("States"), Optional.empty()));
    for (int i = 0; i < scopes.size(); i++) {
      states(scopes.get(i)).forEach(state -> scopes.addAll(state.inner()));
    }
    return scopes;
  }

  static List<State> states(Scope scope) {
    return scope.states().properties().stream()
        .map(state -> new State(scope, state.getKey(), state.getValue()))
        .toList();
  }

  List<State> states() {
    return scopes().stream().flatMap(scope -> states(scope).stream()).toList();
  }

  List<State> states(String type) {
    return states().stream().filter(state -> state.is(type)).toList();
  }
}
