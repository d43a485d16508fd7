package io.peerway.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A state machine's definition, as its file has it. */
record Definition(String text, JsonNode machine) {

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]+)}");

  /** The connect workflow. */
  static Definition connect() {
    return read(Path.of("..", "workflows", "connect.asl.json"));
  }

  private static Definition read(Path file) {
    try {
      String text = Files.readString(file);
      return new Definition(text, new ObjectMapper().readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names between <code>${</code> and <code>}</code>. */
  TreeSet<String> substitutions() {
    TreeSet<String> names = new TreeSet<>();
    SUBSTITUTION.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
    return names;
  }

  /** The name behind a Resource such as <code>${AdmitFunction}</code>. */
  static String resource(JsonNode task) {
    return SUBSTITUTION
        .matcher(task.path("Resource").asText())
        .results()
        .findFirst()
        .map((MatchResult found) -> found.group(1))
        .orElse("");
  }

  /** The machine itself and every branch of a Parallel and every Map in it, however deep. */
  List<JsonNode> machines() {
    List<JsonNode> machines = new ArrayList<>();
    collect(machine, machines);
    return machines;
  }

  private static void collect(JsonNode machine, List<JsonNode> machines) {
    machines.add(machine);
    for (JsonNode state : machine.get("States")) {
      state.path("Branches").forEach(branch -> collect(branch, machines));
      if (state.has("ItemProcessor")) {
        collect(state.get("ItemProcessor"), machines);
      }
    }
  }

  /** Every state of every machine, by name. */
  List<Map.Entry<String, JsonNode>> states() {
    return machines().stream()
        .flatMap(machine -> machine.get("States").properties().stream())
        .toList();
  }

  /** Every state of one type. */
  List<Map.Entry<String, JsonNode>> states(String type) {
    return states().stream()
        .filter(state -> state.getValue().path("Type").asText().equals(type))
        .toList();
  }
}
