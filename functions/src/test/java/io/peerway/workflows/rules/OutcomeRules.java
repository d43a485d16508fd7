package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.workflows.rules.Outcomes.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a step answers is what the workflow branches on: an outcome is an enum, every constant of it
 * is a choice, and no Default swallows one that comes later.
 */
class OutcomeRules {

  @Test
  void every_outcome_of_a_step_is_a_choice() {
    Breaches.noneOf(OutcomeRules::forgotten);
  }

  @Test
  void an_outcome_that_is_no_choice_is_found() {
    assertThat(
            forgotten(
                choosing(
                    "{'Variable': '$.out.state', 'StringEquals': 'DELETED', 'Next': 'C'}",
                    "'Default': 'C'")))
        .containsExactly(
            "x.asl.json, B has a Default, which swallows whatever $.out.state comes to be: name each"
                + " outcome",
            "x.asl.json, B does not say what follows on GONE of $.out.state",
            "x.asl.json, B does not say what follows on WANTED_AGAIN of $.out.state");
  }

  @Test
  void a_choice_of_what_no_step_answers_is_found() {
    assertThat(
            forgotten(
                choosing(
                    "{'Variable': '$.out.state', 'StringEquals': 'DELETED', 'Next': 'C'},"
                        + " {'Variable': '$.out.state', 'StringEquals': 'GONE', 'Next': 'C'},"
                        + " {'Variable': '$.out.state', 'StringEquals': 'LOST', 'Next': 'C'},"
                        + " {'Variable': '$.out.state', 'StringEquals': 'WANTED_AGAIN', 'Next': 'C'}",
                    "'Comment': 'total'")))
        .containsExactly("x.asl.json, B chooses LOST, which is no $.out.state: mend the name");
  }

  @Test
  void an_outcome_that_nothing_looks_at_is_found() {
    assertThat(
            forgotten(
                choosing(
                    "{'Variable': '$.other', 'IsPresent': true, 'Next': 'C'}", "'Default': 'C'")))
        .containsExactly(
            "x.asl.json: nothing branches on $.out.state, though DeletePeeringHandler answers it");
  }

  private static Project choosing(String choices, String rest) {
    return Project.of(
        Project.machineCalling("disconnect.DeletePeeringHandler"),
        """
        'A': {'Type': 'Task', 'Resource': '${Call}', 'ResultPath': '$.out', 'Next': 'B'},
        'B': {'Type': 'Choice', 'Choices': [%s], %s},
        'C': {'Type': 'Succeed'}"""
            .formatted(choices, rest));
  }

  private static List<String> forgotten(Project project) {
    List<String> breaches = new ArrayList<>();
    for (WorkflowFile workflow : project.workflows()) {
      Outcomes outcomes = Outcomes.of(project, workflow);
      List<State> choices = workflow.states("Choice");
      outcomes
          .at()
          .forEach(
              (path, known) -> {
                List<State> those =
                    choices.stream()
                        .filter(choice -> !Outcomes.chosen(choice, path).isEmpty())
                        .toList();
                if (those.isEmpty()) {
                  breaches.add(
                      "%s: nothing branches on %s, though %s answers it"
                          .formatted(workflow.file(), path, known.getFirst().handler()));
                }
                those.forEach(choice -> breaches.addAll(forgotten(choice, path, known)));
              });
    }
    return breaches;
  }

  private static List<String> forgotten(State choice, String path, List<Outcome> known) {
    Set<String> chosen = Outcomes.chosen(choice, path);
    List<String> breaches = new ArrayList<>();
    if (choice.json().has("Default")) {
      breaches.add(
          "%s has a Default, which swallows whatever %s comes to be: name each outcome"
              .formatted(choice.where(), path));
    }
    if (known.stream().anyMatch(outcome -> outcome.constants().equals(chosen))) {
      return breaches;
    }
    Set<String> constants = known.getFirst().constants();
    constants.stream()
        .filter(outcome -> !chosen.contains(outcome))
        .map(
            outcome ->
                "%s does not say what follows on %s of %s".formatted(choice.where(), outcome, path))
        .forEach(breaches::add);
    chosen.stream()
        .filter(outcome -> !constants.contains(outcome))
        .map(
            outcome ->
                "%s chooses %s, which is no %s: mend the name"
                    .formatted(choice.where(), outcome, path))
        .forEach(breaches::add);
    return breaches;
  }
}
