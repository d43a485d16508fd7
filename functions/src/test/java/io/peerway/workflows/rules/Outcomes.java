package io.peerway.workflows.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Steps;
import io.peerway.model.freeze.Freezes;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the steps of one workflow answer that it may branch on: enums, by the path at which they
 * stand. Steps may write different ones to the same path, one after the other.
 */
record Outcomes(TreeMap<String, List<Outcome>> at) {

  /** An enum, and the handler that answers it. */
  record Outcome(String handler, Set<String> constants) {}

  static Outcomes of(Project project, WorkflowFile workflow) {
    Outcomes outcomes = new Outcomes(new TreeMap<>());
    project.eachStep(
        (task, step) -> {
          if (task.scope().file().equals(workflow.file())) {
            HandlerClasses.find(step.function()).ifPresent(handler -> outcomes.add(task, handler));
          }
        });
    return outcomes;
  }

  private void add(State task, Class<?> handler) {
    String path = task.json().path("ResultPath").asText("$");
    Class<?> answer = Steps.answer(handler).filter(Class::isRecord).orElse(null);
    if (answer == null) {
      return;
    }
    for (RecordComponent component : answer.getRecordComponents()) {
      // Handed on to what is started, which FreezeRules looks at.
      boolean isHandedOn = component.getType() == Freezes.class;
      if (component.getType().isEnum() && !isHandedOn) {
        Set<String> constants = new TreeSet<>();
        Arrays.stream(component.getType().getEnumConstants())
            .forEach(constant -> constants.add(((Enum<?>) constant).name()));
        at.computeIfAbsent(path + "." + component.getName(), any -> new ArrayList<>())
            .add(new Outcome(handler.getSimpleName(), constants));
      }
    }
  }

  /** The constants of this path that a choice names, each by itself. */
  static Set<String> chosen(State choice, String path) {
    return choice.list("Choices").stream()
        .filter(rule -> rule.path("Variable").asText().equals(path))
        .map(rule -> rule.path("StringEquals"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a choice branches on one of them. */
  boolean areChosenBy(State choice) {
    return at.keySet().stream().anyMatch(path -> !chosen(choice, path).isEmpty());
  }
}
