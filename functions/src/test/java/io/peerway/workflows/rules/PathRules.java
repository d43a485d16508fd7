package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.workflows.rules.State.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ways through a workflow. */
class PathRules {

  @Test
  void every_state_that_is_named_exists() {
    Breaches.noneOf(PathRules::missing);
  }

  @Test
  void a_state_that_does_not_exist_is_found() {
    assertThat(
            missing(
                Project.of(
                    """
                    'A': {'Type': 'Parallel', 'Next': 'Outside',
                      'Branches': [{'StartAt': 'C', 'States': {'B': {'Type': 'Pass', 'Next': 'A'}}}],
                      'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Nowhere'}]}""")))
        .containsExactly(
            "x.asl.json, A: no state Outside beside it: mend the name, or add the state",
            "x.asl.json, A: no state Nowhere beside it: mend the name, or add the state",
            "x.asl.json, StartAt: no state C beside it: mend the name, or add the state",
            "x.asl.json, B: no state A beside it: mend the name, or add the state");
  }

  @Test
  void every_state_can_be_reached() {
    Breaches.noneOf(PathRules::unreachable);
  }

  @Test
  void a_state_that_cannot_be_reached_is_found() {
    assertThat(
            unreachable(
                Project.of(
                    """
                    'A': {'Type': 'Pass', 'End': true}, 'B': {'Type': 'Pass', 'Next': 'C'},
                    'C': {'Type': 'Succeed'}""")))
        .containsExactly(
            "x.asl.json, B: nothing leads here: take it out, or lead to it",
            "x.asl.json, C: nothing leads here: take it out, or lead to it");
  }

  @Test
  void every_path_can_end() {
    Breaches.noneOf(PathRules::endless);
  }

  @Test
  void a_path_without_an_end_is_found() {
    assertThat(
            endless(
                Project.of(
                    """
                    'A': {'Type': 'Choice', 'Default': 'B', 'Choices': [{'Next': 'D'}]},
                    'B': {'Type': 'Wait', 'Next': 'C'}, 'C': {'Type': 'Pass', 'Next': 'B'},
                    'D': {'Type': 'Pass'}, 'E': {'Type': 'Succeed'}""")))
        .containsExactly(
            "x.asl.json, A: no way from here to an end: give it End, or lead out of the circle",
            "x.asl.json, B: no way from here to an end: give it End, or lead out of the circle",
            "x.asl.json, C: no way from here to an end: give it End, or lead out of the circle",
            "x.asl.json, D: no way from here to an end: give it End, or lead out of the circle");
  }

  @Test
  void every_choice_but_that_of_an_outcome_has_a_default() {
    Breaches.noneOf(PathRules::undecided);
  }

  @Test
  void a_choice_without_a_default_is_found() {
    assertThat(undecided(Project.of("'A': {'Type': 'Choice', 'Choices': [{'Next': 'A'}]}")))
        .containsExactly(
            "x.asl.json, A has no Default: give it one, or an answer that nobody thought of fails"
                + " the execution with States.NoChoiceMatched");
  }

  @Test
  void no_caught_error_ends_in_a_fail_state() {
    Breaches.noneOf(PathRules::unredrivable);
  }

  @Test
  void a_fail_state_behind_a_catch_is_found() {
    assertThat(
            unredrivable(
                Project.of(
                    """
                    'A': {'Type': 'Task', 'Catch': [{'Next': 'Tell'}], 'Next': 'Other'},
                    'Tell': {'Type': 'Parallel', 'Next': 'Failed', 'Branches': [
                      {'StartAt': 'Inner', 'States': {'Inner': {'Type': 'Fail'}}}]},
                    'Failed': {'Type': 'Fail'}, 'Other': {'Type': 'Fail'}""")))
        .containsExactly(
            "x.asl.json, A: Catch leads to the Fail state Failed, where a redrive would begin and"
                + " fail again: let the task fail the execution itself",
            "x.asl.json, A: Catch leads to the Fail state Inner, where a redrive would begin and"
                + " fail again: let the task fail the execution itself");
  }

  private static List<String> missing(Project project) {
    List<String> breaches = new ArrayList<>();
    for (Scope scope : scopes(project)) {
      if (!scope.states().has(scope.startAt())) {
        breaches.add(noState(scope.file() + ", StartAt", scope.startAt()));
      }
      for (State state : WorkflowFile.states(scope)) {
        state.next().stream()
            .filter(next -> !scope.states().has(next))
            .forEach(next -> breaches.add(noState(state.where(), next)));
      }
    }
    return breaches;
  }

  private static String noState(String where, String name) {
    return where + ": no state " + name + " beside it: mend the name, or add the state";
  }

  private static List<String> unreachable(Project project) {
    List<String> breaches = new ArrayList<>();
    for (Scope scope : scopes(project)) {
      Set<String> reached = from(scope, List.of(scope.startAt()));
      WorkflowFile.states(scope).stream()
          .filter(state -> !reached.contains(state.name()))
          .forEach(
              state ->
                  breaches.add(state.where() + ": nothing leads here: take it out, or lead to it"));
    }
    return breaches;
  }

  private static List<String> endless(Project project) {
    List<String> breaches = new ArrayList<>();
    for (Scope scope : scopes(project)) {
      for (State state : WorkflowFile.states(scope)) {
        if (from(scope, List.of(state.name())).stream().noneMatch(end -> at(scope, end).ends())) {
          breaches.add(
              state.where()
                  + ": no way from here to an end: give it End, or lead out of the circle");
        }
      }
    }
    return breaches;
  }

  private static List<String> undecided(Project project) {
    return project.workflows().stream()
        .flatMap(
            workflow -> {
              Outcomes outcomes = Outcomes.of(project, workflow);
              return workflow.states("Choice").stream()
                  .filter(choice -> !outcomes.areChosenBy(choice));
            })
        .filter(choice -> !choice.json().has("Default"))
        .map(
            choice ->
                choice.where()
                    + " has no Default: give it one, or an answer that nobody thought of fails the"
                    + " execution with States.NoChoiceMatched")
        .toList();
  }

  // A redrive begins at the state that failed (Step Functions developer guide, "Redriving
  // executions"): behind a Catch that is the Fail state, and not the task.
  private static List<String> unredrivable(Project project) {
    List<String> breaches = new ArrayList<>();
    for (State state : project.states()) {
      List<String> caught =
          state.list("Catch").stream().map(entry -> entry.path("Next").asText()).toList();
      for (State fail : fails(state.scope(), caught)) {
        breaches.add(
            state.where()
                + ": Catch leads to the Fail state "
                + fail.name()
                + ", where a redrive would begin and fail again: let the task fail the execution"
                + " itself");
      }
    }
    return breaches;
  }

  private static List<State> fails(Scope scope, Collection<String> starts) {
    List<State> reached = from(scope, starts).stream().map(name -> at(scope, name)).toList();
    List<State> fails = new ArrayList<>();
    reached.stream().filter(state -> state.is("Fail")).forEach(fails::add);
    for (State state : reached) {
      state.inner().forEach(inner -> fails.addAll(fails(inner, List.of(inner.startAt()))));
    }
    return fails;
  }

  private static Set<String> from(Scope scope, Collection<String> starts) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(starts);
    while (!open.isEmpty()) {
      String name = open.poll();
      if (scope.states().has(name) && reached.add(name)) {
        open.addAll(at(scope, name).next());
      }
    }
    return reached;
  }

  private static State at(Scope scope, String name) {
    JsonNode json = scope.states().get(name);
    return new State(scope, name, json);
  }

  private static List<Scope> scopes(Project project) {
    return project.workflows().stream().flatMap(workflow -> workflow.scopes().stream()).toList();
  }
}
