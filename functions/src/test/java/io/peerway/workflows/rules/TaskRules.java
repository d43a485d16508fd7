package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a task may take, and how often and how patiently it is tried again. */
class TaskRules {

  @Test
  void every_workflow_and_every_task_has_a_time_limit() {
    Breaches.noneOf(TaskRules::unlimited);
  }

  @Test
  void a_task_without_a_time_limit_is_found() {
    assertThat(unlimited(Project.of("'A': {'Type': 'Task', 'End': true}")))
        .containsExactly(
            "x.asl.json, A has no TimeoutSeconds: give it one (without, a task that is lost is"
                + " waited for as long as the workflow lasts)");
  }

  @Test
  void a_task_waits_longer_than_its_function_may_run() {
    Breaches.noneOf(TaskRules::impatient);
  }

  @Test
  void a_task_that_gives_up_before_its_function_is_found() {
    assertThat(
            impatient(
                Project.of(
                    Project.machineCalling("connect.AdmitHandler"),
                    "'A': {'Type': 'Task', 'Resource': '${Call}', 'TimeoutSeconds': 60,"
                        + " 'End': true}")))
        .containsExactly(
            "x.asl.json, A gives up after 60 s, but StepFunction may run for 60 s, and a second"
                + " attempt would run beside it: give the task more time");
  }

  @Test
  void every_task_is_tried_again_with_back_off_full_jitter_and_limits() {
    Breaches.noneOf(TaskRules::hasty);
  }

  @Test
  void a_task_that_is_tried_again_hastily_or_never_is_found() {
    assertThat(
            hasty(
                Project.of(
                    """
                    'A': {'Type': 'Task', 'Next': 'B'},
                    'B': {'Type': 'Task', 'Retry': [{'ErrorEquals': ['States.ALL'], 'BackoffRate': 1.5}],
                          'End': true}""")))
        .containsExactly(
            "x.asl.json, A has no Retry: give it one for throttling and transient errors",
            "x.asl.json, B, Retry [\"States.ALL\"]: JitterStrategy FULL expected",
            "x.asl.json, B, Retry [\"States.ALL\"]: BackoffRate of at least 2 expected",
            "x.asl.json, B, Retry [\"States.ALL\"]: MaxAttempts expected",
            "x.asl.json, B, Retry [\"States.ALL\"]: MaxDelaySeconds expected");
  }

  private static List<String> unlimited(Project project) {
    List<String> breaches = new ArrayList<>();
    for (WorkflowFile workflow : project.workflows()) {
      if (!workflow.json().has("TimeoutSeconds")) {
        breaches.add(workflow.file() + " has no TimeoutSeconds: give it one");
      }
    }
    for (State task : project.states("Task")) {
      if (!task.json().has("TimeoutSeconds") && !task.json().has("TimeoutSecondsPath")) {
        breaches.add(
            task.where()
                + " has no TimeoutSeconds: give it one (without, a task that is lost is waited for"
                + " as long as the workflow lasts)");
      }
    }
    return breaches;
  }

  private static List<String> impatient(Project project) {
    List<String> breaches = new ArrayList<>();
    project.eachStep(
        (task, step) -> {
          int patience = task.json().path("TimeoutSeconds").asInt();
          int longest = step.function().timeoutSeconds();
          if (patience <= longest) {
            breaches.add(
                "%s gives up after %d s, but %s may run for %d s, and a second attempt would run beside it: give the task more time"
                    .formatted(task.where(), patience, step.function().id(), longest));
          }
        });
    return breaches;
  }

  private static List<String> hasty(Project project) {
    List<String> breaches = new ArrayList<>();
    for (State state : project.states()) {
      List<JsonNode> retries = state.list("Retry");
      if (state.is("Task") && retries.isEmpty()) {
        breaches.add(
            state.where() + " has no Retry: give it one for throttling and transient errors");
      }
      for (JsonNode retry : retries) {
        missing(retry)
            .forEach(
                what ->
                    breaches.add(
                        "%s, Retry %s: %s expected"
                            .formatted(state.where(), retry.get("ErrorEquals"), what)));
      }
    }
    return breaches;
  }

  private static List<String> missing(JsonNode retry) {
    List<String> missing = new ArrayList<>();
    if (!retry.path("JitterStrategy").asText().equals("FULL")) {
      missing.add("JitterStrategy FULL");
    }
    if (retry.path("BackoffRate").asDouble() < 2) {
      missing.add("BackoffRate of at least 2");
    }
    for (String limit : List.of("MaxAttempts", "MaxDelaySeconds")) {
      if (retry.path(limit).asInt() < 1) {
        missing.add(limit);
      }
    }
    return missing;
  }
}
