package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.error.PeerwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The errors that Retry and Catch name. */
class ErrorRules {
  // Amazon States Language specification, "Appendix A: Predefined Error Codes", and Step Functions
  // developer guide, "Error names".
  private static final Set<String> STATES =
      Set.of(
          "States.ALL",
          "States.DataLimitExceeded",
          "States.ExceedToleratedFailureThreshold",
          "States.HeartbeatTimeout",
          "States.IntrinsicFailure",
          "States.ItemReaderFailed",
          "States.NoChoiceMatched",
          "States.ParameterPathFailure",
          "States.Permissions",
          "States.ResultPathMatchFailure",
          "States.ResultWriterFailed",
          "States.Runtime",
          "States.TaskFailed",
          "States.Timeout",
          "StepFunctions.AWSStepFunctionsException",
          "StepFunctions.ExecutionAlreadyExistsException",
          "StepFunctions.SdkClientException");

  // Lambda API reference, "Invoke", "Errors" (Step Functions puts "Lambda." before each), and what
  // its developer guide adds in "Handle transient Lambda service exceptions". Lambda itself answers
  // Sandbox.Timedout as the errorType of a function that ran out of time.
  private static final Set<String> LAMBDA =
      Set.of(
          "Lambda.AWSLambdaException",
          "Lambda.ClientExecutionTimeoutException",
          "Lambda.EC2ThrottledException",
          "Lambda.ResourceConflictException",
          "Lambda.ResourceNotFoundException",
          "Lambda.ResourceNotReadyException",
          "Lambda.SdkClientException",
          "Lambda.ServiceException",
          "Lambda.TooManyRequestsException",
          "Lambda.Unknown",
          "Runtime.ExitError",
          "Runtime.Unknown",
          "Sandbox.Timedout");

  @Test
  void every_error_that_is_named_can_happen() {
    Breaches.noneOf(ErrorRules::unknown);
  }

  @Test
  void an_error_that_cannot_happen_is_found() {
    assertThat(
            unknown(
                Project.of(
                    """
                    'A': {'Type': 'Task', 'End': true,
                      'Retry': [{'ErrorEquals': ['io.peerway.model.error.Denied', 'Lambda.Unknow']}],
                      'Catch': [{'ErrorEquals': ['io.peerway.model.value.Cidr'], 'Next': 'A'},
                                {'ErrorEquals': ['io.peerway.plan.Denied'], 'Next': 'A'}]}""")))
        .containsExactly(
            "x.asl.json, A: nothing ends in Lambda.Unknow; known are PeerwayExceptions, "
                + "States.*, Lambda.* and Sandbox.Timedout: mend the name, or add it to ErrorRules",
            "x.asl.json, A: io.peerway.model.value.Cidr is no PeerwayException: name one of"
                + " io.peerway.model.error",
            "x.asl.json, A: io.peerway.plan.Denied is no PeerwayException: name one of"
                + " io.peerway.model.error");
  }

  @Test
  void all_errors_stand_last_and_alone() {
    Breaches.noneOf(ErrorRules::misplacedAll);
  }

  @Test
  void a_misplaced_all_is_found() {
    assertThat(
            misplacedAll(
                Project.of(
                    """
                    'A': {'Type': 'Task', 'End': true,
                      'Retry': [{'ErrorEquals': ['States.ALL', 'States.Timeout']}],
                      'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'A'},
                                {'ErrorEquals': ['States.Timeout'], 'Next': 'A'}]}""")))
        .containsExactly(
            "x.asl.json, A, Retry: States.ALL has others beside it: give it an entry of its own",
            "x.asl.json, A, Catch: States.ALL is not in the last entry: move that entry down");
  }

  private static List<String> unknown(Project project) {
    List<String> breaches = new ArrayList<>();
    for (State state : project.states()) {
      for (String field : List.of("Retry", "Catch")) {
        for (JsonNode entry : state.list(field)) {
          names(entry).stream()
              .filter(name -> !STATES.contains(name) && !LAMBDA.contains(name) && !isOurs(name))
              .map(
                  name ->
                      name.startsWith("io.peerway.")
                          ? name + " is no PeerwayException: name one of io.peerway.model.error"
                          : "nothing ends in "
                              + name
                              + "; known are PeerwayExceptions, States.*, Lambda.* and"
                              + " Sandbox.Timedout: mend the name, or add it to ErrorRules")
              .forEach(breach -> breaches.add(state.where() + ": " + breach));
        }
      }
    }
    return breaches;
  }

  private static boolean isOurs(String name) {
    try {
      return PeerwayException.class.isAssignableFrom(
          Class.forName(name, false, ErrorRules.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static List<String> misplacedAll(Project project) {
    List<String> breaches = new ArrayList<>();
    for (State state : project.states()) {
      for (String field : List.of("Retry", "Catch")) {
        List<JsonNode> entries = state.list(field);
        for (JsonNode entry : entries) {
          if (!names(entry).contains("States.ALL")) {
            continue;
          }
          String where = state.where() + ", " + field + ": States.ALL ";
          if (names(entry).size() > 1) {
            breaches.add(where + "has others beside it: give it an entry of its own");
          }
          if (entry != entries.getLast()) {
            breaches.add(where + "is not in the last entry: move that entry down");
          }
        }
      }
    }
    return breaches;
  }

  private static List<String> names(JsonNode entry) {
    return State.items(entry.path("ErrorEquals")).stream().map(JsonNode::asText).toList();
  }
}
