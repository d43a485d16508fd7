package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.workflows.rules.Stack.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A workflow's role may invoke the functions that it calls, and nothing else. */
class PermissionRules {

  @Test
  void every_workflow_may_invoke_the_functions_that_it_calls_and_no_other() {
    Breaches.noneOf(PermissionRules::unfit);
  }

  @Test
  void a_permission_that_is_missing_or_idle_or_wide_is_found() {
    String template =
        """
        Resources:
          Machine:
            Type: AWS::Serverless::StateMachine
            Properties:
              DefinitionUri: workflows/x.asl.json
              DefinitionSubstitutions: { Call: !GetAtt StepFunction.Arn }
              Policies:
                - AWSLambda_FullAccess
                - LambdaInvokePolicy: { FunctionName: !Ref StepFunction }
                - Statement:
                    - { Action: "lambda:*", Resource: "*" }
                    - Action: lambda:InvokeFunction
                      Resource: [!GetAtt IdleFunction.Arn, !Ref StepFunction]
                    - { Action: sns:Publish, Resource: !Ref Topic }
          StepFunction:
            Type: AWS::Serverless::Function
          IdleFunction:
            Type: AWS::Serverless::Function
        """;
    assertThat(
            unfit(
                Project.of(template, "'A': {'Type': 'Task', 'Resource': '${Call}', 'End': true}")))
        .containsExactly(
            "Machine: Policies has AWSLambda_FullAccess: write the statements out, so that they can"
                + " be read here",
            "Machine: Policies has LambdaInvokePolicy: write the statements out, so that they can"
                + " be read here",
            "Machine: a statement allows lambda:*: allow lambda:InvokeFunction only",
            "Machine: lambda:InvokeFunction on *: name !GetAtt <Function>.Arn of what it calls",
            "Machine: lambda:InvokeFunction on !Ref StepFunction: name !GetAtt <Function>.Arn"
                + " of what it calls",
            "Machine: calls StepFunction but may not invoke it: add !GetAtt StepFunction.Arn to the"
                + " statement for lambda:InvokeFunction",
            "Machine: may invoke IdleFunction but does not call it: take it out");
  }

  private static List<String> unfit(Project project) {
    List<String> breaches = new ArrayList<>();
    for (Machine machine : project.stack().machines().values()) {
      List<String> found = new ArrayList<>();
      TreeSet<String> granted = granted(machine, project.stack(), found);
      TreeSet<String> called = called(machine, project);
      TreeSet<String> missing = new TreeSet<>(called);
      missing.removeAll(granted);
      missing.forEach(
          id ->
              found.add(
                  "calls %s but may not invoke it: add !GetAtt %s.Arn to the statement for lambda:InvokeFunction"
                      .formatted(id, id)));
      TreeSet<String> idle = new TreeSet<>(granted);
      idle.removeAll(called);
      idle.forEach(id -> found.add("may invoke " + id + " but does not call it: take it out"));
      found.forEach(breach -> breaches.add(machine.id() + ": " + breach));
    }
    return breaches;
  }

  private static TreeSet<String> called(Machine machine, Project project) {
    TreeSet<String> called = new TreeSet<>();
    for (WorkflowFile workflow : project.workflows()) {
      if (project.machines(workflow).contains(machine)) {
        for (State task : workflow.states("Task")) {
          if (Target.of(task, machine, project.stack()) instanceof Target.Step step) {
            called.add(step.function().id());
          }
        }
      }
    }
    return called;
  }

  private static TreeSet<String> granted(Machine machine, Stack stack, List<String> breaches) {
    TreeSet<String> granted = new TreeSet<>();
    for (Map<?, ?> policy : machine.policies()) {
      if (!policy.containsKey("Statement")) {
        Object name =
            policy.containsKey("Managed")
                ? policy.get("Managed")
                : policy.keySet().iterator().next();
        breaches.add(
            "Policies has " + name + ": write the statements out, so that they can be read here");
      }
      for (Object statement : Stack.list(policy.get("Statement"))) {
        if (!invokes(Stack.map(statement), breaches)) {
          continue;
        }
        for (Object resource : Stack.list(Stack.map(statement).get("Resource"))) {
          stack.functions().keySet().stream()
              .filter(id -> resource instanceof Intrinsic ref && ref.isArnOf(id))
              .findFirst()
              .ifPresentOrElse(
                  granted::add,
                  () ->
                      breaches.add(
                          "lambda:InvokeFunction on %s: name !GetAtt <Function>.Arn of what it calls"
                              .formatted(resource)));
        }
      }
    }
    return granted;
  }

  private static boolean invokes(Map<?, ?> statement, List<String> breaches) {
    boolean invokes = false;
    for (Object action : Stack.list(statement.get("Action"))) {
      String pattern = String.valueOf(action).replace("*", ".*");
      if ("lambda:InvokeFunction".matches(pattern)) {
        invokes = true;
        if (!action.equals("lambda:InvokeFunction")) {
          breaches.add("a statement allows " + action + ": allow lambda:InvokeFunction only");
        }
      }
    }
    return invokes;
  }
}
