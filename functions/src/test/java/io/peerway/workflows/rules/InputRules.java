package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Steps;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a workflow gives to a step, against the record that the step reads it into. */
class InputRules {

  @Test
  void every_step_is_given_what_its_record_has_and_all_that_it_requires() {
    Breaches.noneOf(InputRules::unfit);
  }

  @Test
  void an_input_that_does_not_fit_its_record_is_found() {
    assertThat(
            unfit(
                Project.of(
                    Project.machineCalling("nat.CheckNatHandler"),
                    """
                    'A': {'Type': 'Task', 'Resource': '${Call}', 'Next': 'B', 'Parameters': {
                      'connecton.$': '$.c', 'redrive.$': '$.r', 'nat': {'state': 'PENDING', 'id': 1}}},
                    'B': {'Type': 'Task', 'Resource': '${Call}', 'Next': 'C'},
                    'C': {'Type': 'Map', 'End': true, 'ItemSelector': {'nat.$': '$.n'},
                      'ItemProcessor': {'StartAt': 'D', 'States': {
                        'D': {'Type': 'Task', 'Resource': '${Call}', 'End': true}}}}""")))
        .containsExactly(
            "x.asl.json, A: Request of StepFunction has no connecton: mend the name, or add the"
                + " component",
            "x.asl.json, A: Request of StepFunction requires services: give it",
            "x.asl.json, A: Request of StepFunction requires subject: give it",
            "x.asl.json, A: nat of StepFunction has no id: mend the name, or add the component",
            "x.asl.json, A: nat of StepFunction requires commandId: give it",
            "x.asl.json, A: nat of StepFunction requires digest: give it",
            "x.asl.json, A: nat of StepFunction requires generation: give it",
            "x.asl.json, A: nat of StepFunction requires redrive: give it",
            "x.asl.json, B has no Parameters: name what StepFunction is given, so that it can be"
                + " checked",
            "x.asl.json, D: Request of StepFunction requires redrive: give it",
            "x.asl.json, D: Request of StepFunction requires services: give it",
            "x.asl.json, D: Request of StepFunction requires subject: give it");
  }

  @Test
  void only_steps_are_called_by_workflows() {
    Breaches.noneOf(InputRules::notSteps);
  }

  @Test
  void a_task_that_calls_a_function_which_is_no_step_is_found() {
    assertThat(
            notSteps(
                Project.of(
                    Project.machineCalling("trigger.VpcEventHandler"),
                    "'A': {'Type': 'Task', 'Resource': '${Call}', 'End': true}")))
        .containsExactly(
            "x.asl.json, A: io.peerway.functions.trigger.VpcEventHandler of StepFunction is no Step:"
                + " extend Step with a record for the input");
  }

  @Test
  void every_step_is_told_the_name_of_the_execution() {
    Breaches.noneOf(InputRules::nameless);
  }

  @Test
  void a_step_that_is_not_told_the_name_of_the_execution_is_found() {
    assertThat(
            nameless(
                Project.of(
                    Project.machineCalling("connect.AdmitHandler"),
                    "'A': {'Type': 'Task', 'Resource': '${Call}', 'End': true, 'Parameters': {"
                        + "'execution.$': '$.name'}}")))
        .containsExactly(
            "x.asl.json, A: give it \"execution.$\": \"$$.Execution.Name\", so that its log lines"
                + " can be found from the console");
  }

  private static List<String> unfit(Project project) {
    List<String> breaches = new ArrayList<>();
    project.eachStep(
        (task, step) -> {
          Class<?> input = record(step);
          String of = " of " + step.function().id();
          if (step.input().isEmpty()) {
            breaches.add(
                task.where()
                    + " has no Parameters: name what "
                    + step.function().id()
                    + " is given, so that it can be checked");
          } else if (input != null) {
            compare(input, input.getSimpleName(), step.input().get())
                .forEach(breach -> breaches.add(task.where() + ": " + breach.formatted(of)));
          }
        });
    return breaches;
  }

  private static List<String> compare(Class<?> type, String name, JsonNode given) {
    List<String> breaches = new ArrayList<>();
    Set<String> keys = new TreeSet<>();
    given.fieldNames().forEachRemaining(key -> keys.add(key.replaceFirst("[.][$]$", "")));
    Set<String> known = new TreeSet<>();
    Set<String> required = new TreeSet<>();
    List<String> inside = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.add(component.getName());
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
      JsonNode literal = given.path(component.getName());
      if (component.getType().isRecord() && literal.isObject()) {
        inside.addAll(compare(component.getType(), component.getName(), literal));
      }
    }
    keys.stream()
        .filter(key -> !known.contains(key))
        .map(key -> name + "%s has no " + key + ": mend the name, or add the component")
        .forEach(breaches::add);
    required.stream()
        .filter(component -> !keys.contains(component))
        .map(component -> name + "%s requires " + component + ": give it")
        .forEach(breaches::add);
    breaches.addAll(inside);
    return breaches;
  }

  private static List<String> notSteps(Project project) {
    List<String> breaches = new ArrayList<>();
    project.eachStep(
        (task, step) -> {
          if (record(step) == null) {
            breaches.add(
                "%s: %s of %s is no Step: extend Step with a record for the input"
                    .formatted(task.where(), step.function().handler(), step.function().id()));
          }
        });
    return breaches;
  }

  private static List<String> nameless(Project project) {
    List<String> breaches = new ArrayList<>();
    project.eachStep(
        (task, step) -> {
          JsonNode name = step.input().map(input -> input.path("execution.$")).orElse(null);
          if (name == null || !name.asText().equals("$$.Execution.Name")) {
            breaches.add(
                task.where()
                    + ": give it \"execution.$\": \"$$.Execution.Name\", so that its log lines can"
                    + " be found from the console");
          }
        });
    return breaches;
  }

  private static @Nullable Class<?> record(Target.Step step) {
    return HandlerClasses.find(step.function()).flatMap(Steps::input).orElse(null);
  }
}
