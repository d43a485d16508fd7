package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.error.PeerwayException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What must hold of the connect workflow, whatever it does. */
class ConnectDefinitionTest {

  // What else a task can end in: Step Functions developer guide, "Error names"; Lambda's exceptions
  // carry the prefix "Lambda.", a function that ran out of its time ends as "Sandbox.Timedout".
  private static final Set<String> STATES_ERRORS =
      Set.of("States.ALL", "States.TaskFailed", "States.Timeout", "States.Permissions");
  private static final Set<String> LAMBDA_ERRORS =
      Set.of(
          "Lambda.ServiceException",
          "Lambda.AWSLambdaException",
          "Lambda.SdkClientException",
          "Lambda.TooManyRequestsException",
          "Lambda.ClientExecutionTimeoutException",
          "Lambda.SnapStartNotReadyException",
          "Lambda.SnapStartTimeoutException",
          "Lambda.ResourceNotReadyException",
          "Lambda.Unknown",
          "Sandbox.Timedout");

  private final Definition definition = Definition.connect();

  @Nested
  class Errors {

    @Test
    void every_error_that_is_named_exists() throws ClassNotFoundException {
      for (String error : named().toList()) {
        if (error.startsWith("io.peerway.")) {
          assertThat(PeerwayException.class).as(error).isAssignableFrom(Class.forName(error));
        } else {
          assertThat(error)
              .isIn(Stream.concat(STATES_ERRORS.stream(), LAMBDA_ERRORS.stream()).toList());
        }
      }
    }

    @Test
    void all_stands_alone_and_last() {
      for (Map.Entry<String, JsonNode> state : definition.states()) {
        for (String field : List.of("Retry", "Catch")) {
          List<JsonNode> handlers = list(state.getValue().path(field));
          for (JsonNode handler : handlers) {
            if (list(handler.get("ErrorEquals")).stream()
                .anyMatch(error -> error.asText().equals("States.ALL"))) {
              assertThat(handler.get("ErrorEquals")).as(state.getKey()).hasSize(1);
              assertThat(handler).as(state.getKey()).isSameAs(handlers.getLast());
            }
          }
        }
      }
    }

    @Test
    void what_only_a_person_can_mend_is_not_tried_again() {
      for (Map.Entry<String, JsonNode> state : definition.states()) {
        if (Definition.resource(state.getValue()).endsWith("Function")) {
          assertThat(errors(state.getValue().path("Retry")))
              .as(state.getKey())
              .doesNotContain(
                  "States.ALL",
                  "States.TaskFailed",
                  "io.peerway.model.error.Denied",
                  "io.peerway.model.error.ForeignRoute",
                  "io.peerway.model.error.RouteTableFull",
                  "io.peerway.model.error.NatCommandFailed",
                  "io.peerway.model.error.InvalidSettings");
        }
      }
    }

    @Test
    void no_failure_is_caught_and_sent_to_a_fail_state() {
      // A redrive begins at the state that failed. Behind a Catch that is the Fail state, which
      // fails again: such an execution could never be completed (Step Functions developer guide,
      // "Redriving executions").
      assertThat(definition.states("Fail")).isEmpty();
    }

    private Stream<String> named() {
      return definition.states().stream()
          .map(Map.Entry::getValue)
          .flatMap(
              state ->
                  Stream.concat(
                      errors(state.path("Retry")).stream(), errors(state.path("Catch")).stream()));
    }

    private List<String> errors(JsonNode handlers) {
      List<String> errors = new ArrayList<>();
      for (JsonNode handler : handlers) {
        handler.get("ErrorEquals").forEach(error -> errors.add(error.asText()));
      }
      return errors;
    }
  }

  @Nested
  class Tasks {

    @Test
    void every_task_has_an_end() {
      for (Map.Entry<String, JsonNode> task : definition.states("Task")) {
        assertThat(task.getValue().path("TimeoutSeconds").asInt())
            .as(task.getKey())
            .isBetween(1, 300);
      }
    }

    @Test
    void every_task_is_tried_again_with_full_jitter_and_a_limit() {
      for (Map.Entry<String, JsonNode> task : definition.states("Task")) {
        List<JsonNode> retries = list(task.getValue().path("Retry"));
        assertThat(retries).as(task.getKey()).isNotEmpty();
        for (JsonNode retry : retries) {
          assertThat(retry.path("JitterStrategy").asText()).as(task.getKey()).isEqualTo("FULL");
          assertThat(retry.path("MaxAttempts").asInt()).as(task.getKey()).isBetween(1, 10);
          assertThat(retry.path("BackoffRate").asDouble()).as(task.getKey()).isGreaterThan(1);
        }
      }
    }

    @Test
    void every_step_is_told_the_name_of_the_execution() {
      for (Map.Entry<String, JsonNode> task : definition.states("Task")) {
        if (Definition.resource(task.getValue()).endsWith("Function")) {
          assertThat(task.getValue().at("/Parameters/execution.$").asText())
              .as(task.getKey())
              .isEqualTo("$$.Execution.Name");
        }
      }
    }
  }

  @Nested
  class Paths {

    @Test
    void every_state_that_is_named_exists_and_every_state_can_be_reached() {
      for (JsonNode machine : definition.machines()) {
        Set<String> reached = new HashSet<>();
        reach(machine.get("States"), machine.get("StartAt").asText(), reached);
        Set<String> states = new HashSet<>();
        machine.get("States").fieldNames().forEachRemaining(states::add);
        assertThat(reached).isEqualTo(states);
      }
    }

    private static void reach(JsonNode states, String name, Set<String> reached) {
      assertThat(states.has(name)).as("state " + name).isTrue();
      if (reached.add(name)) {
        next(states.get(name)).forEach(next -> reach(states, next, reached));
      }
    }

    private static List<String> next(JsonNode state) {
      List<String> next = new ArrayList<>();
      Stream.of("Next", "Default")
          .filter(state::has)
          .forEach(field -> next.add(state.get(field).asText()));
      for (String field : List.of("Choices", "Catch")) {
        state.path(field).forEach(choice -> next.add(choice.get("Next").asText()));
      }
      return next;
    }

    @Test
    void every_choice_has_a_default() {
      assertThat(definition.states("Choice")).allMatch(state -> state.getValue().has("Default"));
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
