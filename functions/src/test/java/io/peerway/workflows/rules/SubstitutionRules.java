package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.workflows.rules.Stack.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What template.yaml fills into a workflow, and what the workflow then calls. */
class SubstitutionRules {

  @Test
  void every_workflow_has_a_state_machine_and_every_state_machine_its_workflow() {
    Breaches.noneOf(SubstitutionRules::unpaired);
  }

  @Test
  void a_workflow_or_a_state_machine_alone_is_found() {
    assertThat(
            unpaired(
                Project.of(
                    Project.MACHINE.replace("x.asl.json", "y.asl.json"),
                    "'A': {'Type': 'Succeed'}")))
        .containsExactly(
            "workflows/x.asl.json: no state machine of template.yaml has this DefinitionUri: add"
                + " one, or take the file out",
            "Machine: DefinitionUri workflows/y.asl.json is no file of workflows/: mend it");
  }

  @Test
  void every_substitution_is_supplied_and_every_supplied_one_is_used() {
    Breaches.noneOf(SubstitutionRules::unsupplied);
  }

  @Test
  void a_substitution_that_is_missing_or_idle_is_found() {
    assertThat(
            unsupplied(
                Project.of(
                    Project.machineCalling("connect.AdmitHandler"),
                    "'A': {'Type': 'Task', 'Resource': '${Cal}', 'End': true}")))
        .containsExactly(
            "x.asl.json: ${Cal} is not in the DefinitionSubstitutions of Machine: add it",
            "Machine: DefinitionSubstitutions supplies Call, which x.asl.json does not use: take it"
                + " out");
  }

  @Test
  void every_task_calls_a_function_or_a_service() {
    Breaches.noneOf(SubstitutionRules::unresolved);
  }

  @Test
  void a_task_that_calls_nothing_that_works_is_found() {
    assertThat(
            unresolved(
                Project.of(
                    Project.machineCalling("connect.AdmitHandler")
                        .replace("!GetAtt StepFunction.Arn", "!Ref StepFunction"),
                    """
                    'A': {'Type': 'Task', 'Resource': '${Call}', 'Next': 'B'},
                    'B': {'Type': 'Task', 'Resource': 'arn:aws:sns:eu-west-1:123456789012:topic',
                          'Next': 'C'},
                    'C': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                          'Parameters': {'FunctionName': 'step'}, 'Next': 'D'},
                    'D': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution.sync:2',
                          'End': true}""")))
        .containsExactly(
            "x.asl.json, A: !Ref StepFunction is no function here: give !GetAtt <Function>.Arn",
            "x.asl.json, B: arn:aws:sns:eu-west-1:123456789012:topic is neither a substitution nor a"
                + " service integration",
            "x.asl.json, C: FunctionName is not one substitution");
  }

  private static List<String> unpaired(Project project) {
    List<String> breaches = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (WorkflowFile workflow : project.workflows()) {
      String file = "workflows/" + workflow.file();
      files.add(file);
      if (project.machines(workflow).isEmpty()) {
        breaches.add(
            file
                + ": no state machine of template.yaml has this DefinitionUri: add one, or take the"
                + " file out");
      }
    }
    for (Machine machine : project.stack().machines().values()) {
      if (!files.contains(machine.definition())) {
        breaches.add(
            "%s: DefinitionUri %s is no file of workflows/: mend it"
                .formatted(machine.id(), machine.definition()));
      }
    }
    return breaches;
  }

  private static List<String> unsupplied(Project project) {
    List<String> breaches = new ArrayList<>();
    for (WorkflowFile workflow : project.workflows()) {
      for (Machine machine : project.machines(workflow)) {
        TreeSet<String> missing = workflow.substitutions();
        missing.removeAll(machine.substitutions().keySet());
        missing.forEach(
            name ->
                breaches.add(
                    "%s: ${%s} is not in the DefinitionSubstitutions of %s: add it"
                        .formatted(workflow.file(), name, machine.id())));
        TreeSet<String> idle = new TreeSet<>(machine.substitutions().keySet());
        idle.removeAll(workflow.substitutions());
        idle.forEach(
            name ->
                breaches.add(
                    "%s: DefinitionSubstitutions supplies %s, which %s does not use: take it out"
                        .formatted(machine.id(), name, workflow.file())));
      }
    }
    return breaches;
  }

  private static List<String> unresolved(Project project) {
    List<String> breaches = new ArrayList<>();
    project.eachTask(
        (task, target) -> {
          if (target instanceof Target.Unresolved(String reason)) {
            breaches.add(task.where() + ": " + reason);
          }
        });
    return breaches;
  }
}
