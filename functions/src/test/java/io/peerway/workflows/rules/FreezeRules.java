package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a workflow starts says how it stands to freezes: without a word it would be taken for a
 * start by hand, and change something in a freeze.
 */
class FreezeRules {

  @Test
  void whatever_a_workflow_starts_is_told_how_it_stands_to_freezes() {
    Breaches.noneOf(FreezeRules::silent);
  }

  @Test
  void an_execution_that_would_be_taken_for_one_by_hand_is_found() {
    assertThat(
            silent(
                Project.of(
                    """
                    'A': {'Type': 'Task', 'Parameters': {'StateMachineArn': 'x', 'Input': {'a': 1}},
                          'Next': 'B'},
                    'B': {'Type': 'Task', 'Parameters': {'StateMachineArn': 'x', 'Input.$': '$.todo'},
                          'Next': 'C'},
                    'C': {'Type': 'Task', 'Parameters': {'StateMachineArn': 'x',
                          'Input': {'freezes.$': '$.freezes'}}, 'Next': 'D'},
                    'D': {'Type': 'Task', 'Parameters': {'StateMachineArn': 'x',
                          'Input': {'freezes': 'HEED'}}, 'End': true}""")))
        .containsExactly(
            "x.asl.json, A starts an execution that does not say how it stands to freezes: give its"
                + " Input \"freezes\"",
            "x.asl.json, B starts an execution that does not say how it stands to freezes: give its"
                + " Input \"freezes\"",
            "x.asl.json, C hands on how it stands to freezes, and not that people have redriven it:"
                + " give its Input \"redrives.$\": \"$$.Execution.RedriveCount\"");
  }

  private static List<String> silent(Project project) {
    List<String> breaches = new ArrayList<>();
    for (State task : project.states("Task")) {
      JsonNode parameters = task.json().path("Parameters");
      if (!parameters.has("StateMachineArn")) {
        continue;
      }
      JsonNode input = parameters.path("Input");
      if (input.has("freezes.$")) {
        if (!input.path("redrives.$").asText().equals("$$.Execution.RedriveCount")) {
          breaches.add(
              task.where()
                  + " hands on how it stands to freezes, and not that people have redriven it: give"
                  + " its Input \"redrives.$\": \"$$.Execution.RedriveCount\"");
        }
      } else if (!input.path("freezes").asText().equals("HEED")) {
        breaches.add(
            task.where()
                + " starts an execution that does not say how it stands to freezes: give its Input"
                + " \"freezes\"");
      }
    }
    return breaches;
  }
}
