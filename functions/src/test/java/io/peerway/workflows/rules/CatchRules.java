package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a workflow goes on after. */
class CatchRules {
  // Amazon States Language specification, "Appendix A": both stand for errors that nobody has
  // thought of.
  private static final Set<String> WHATEVER = Set.of("States.ALL", "States.TaskFailed");

  @Test
  void no_step_goes_on_after_whatever_has_failed() {
    Breaches.noneOf(CatchRules::swallowed);
  }

  @Test
  void a_step_that_goes_on_after_whatever_has_failed_is_found() {
    assertThat(
            swallowed(
                Project.of(
                    Project.machineCalling("connect.AdmitHandler"),
                    """
                    'A': {'Type': 'Task', 'Resource': '${Call}', 'Next': 'B',
                          'Catch': [{'ErrorEquals': ['io.peerway.model.error.Denied'], 'Next': 'B'},
                                    {'ErrorEquals': ['States.ALL'], 'Next': 'B'}]},
                    'B': {'Type': 'Parallel', 'End': true, 'Branches': [],
                          'Catch': [{'ErrorEquals': ['States.TaskFailed'], 'Next': 'B'}]}""")))
        .containsExactlyInAnyOrder(
            "x.asl.json, A goes on after States.ALL, so that a failure ends as a success: name"
                + " the errors that are borne, or let the step answer what it bears",
            "x.asl.json, B goes on after States.TaskFailed, so that a failure ends as a success:"
                + " name the errors that are borne, or let the step answer what it bears");
  }

  private static List<String> swallowed(Project project) {
    List<String> breaches = new ArrayList<>();
    project.eachStep((task, step) -> breaches.addAll(swallowed(task)));
    for (String type : List.of("Parallel", "Map")) {
      project.states(type).forEach(state -> breaches.addAll(swallowed(state)));
    }
    return breaches;
  }

  private static List<String> swallowed(State state) {
    return state.list("Catch").stream()
        .flatMap(handler -> State.items(handler.path("ErrorEquals")).stream())
        .map(error -> error.asText())
        .filter(WHATEVER::contains)
        .map(
            error ->
                state.where()
                    + " goes on after "
                    + error
                    + ", so that a failure ends as a success: name the errors that are borne, or"
                    + " let the step answer what it bears")
        .toList();
  }
}
