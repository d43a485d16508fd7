package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.workflows.rules.Stack.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The functions of template.yaml and the handler classes. */
class FunctionRules {
  private static final String PACKAGE = "io.peerway.functions.";

  private static final String TEMPLATE =
      """
      Resources:
        AdmitFunction:
          Type: AWS::Serverless::Function
          Properties: { Handler: io.peerway.functions.connect.AdmitHandler }
        AcceptFunction:
          Type: AWS::Serverless::Function
          Properties: { Handler: io.peerway.functions.connect.AdmitHandler }
        GoneFunction:
          Type: AWS::Serverless::Function
          Properties: { Handler: io.peerway.functions.GoneHandler }
        CountFunction:
          Type: AWS::Serverless::Function
          Properties: { Handler: io.peerway.functions.Count }
      """;

  private static final Project BROKEN =
      new Project(
          Stack.of(TEMPLATE),
          List.of(),
          Map.of(),
          new TreeSet<>(List.of(PACKAGE + "connect.AdmitHandler", PACKAGE + "IdleHandler")));

  @Test
  void every_function_has_a_handler_of_its_name() {
    Breaches.noneOf(FunctionRules::unhandled);
  }

  @Test
  void a_handler_that_lambda_would_not_find_is_found() {
    assertThat(unhandled(BROKEN))
        .containsExactly(
            "AcceptFunction: Handler io.peerway.functions.connect.AdmitHandler is named after another"
                + " function: io.peerway.functions.connect.AcceptHandler expected",
            "GoneFunction: Handler io.peerway.functions.GoneHandler is no class: mend it",
            "CountFunction: Handler io.peerway.functions.Count implements neither RequestHandler"
                + " nor RequestStreamHandler",
            "CountFunction: Handler io.peerway.functions.Count is named after another function:"
                + " io.peerway.functions.CountHandler expected");
  }

  @Test
  void every_handler_class_belongs_to_a_function() {
    Breaches.noneOf(FunctionRules::idle);
  }

  @Test
  void a_handler_class_without_a_function_is_found() {
    assertThat(idle(BROKEN))
        .containsExactly(
            "io.peerway.functions.IdleHandler is the Handler of no function of template.yaml: add"
                + " the function, or take the class out");
  }

  @Test
  void every_function_is_started_by_a_workflow_or_an_event() {
    Breaches.noneOf(FunctionRules::unused);
  }

  @Test
  void a_function_that_nothing_starts_is_found() {
    assertThat(
            unused(
                Project.of(
                    Project.machineCalling("connect.AdmitHandler"), "'A': {'Type': 'Pass'}")))
        .containsExactly(
            "StepFunction: no workflow calls it, it has no Events, no queue and no widget: use it, or"
                + " take it out");
  }

  @Test
  void a_function_that_a_dashboard_shows_or_that_stands_behind_its_buttons_is_used() {
    String template =
        """
        Resources:
          BoardFunction: { Type: AWS::Serverless::Function, Properties: { Environment: { A: !Sub "a:function:x-go" } } }
          GoFunction: { Type: AWS::Serverless::Function, Properties: { FunctionName: !Sub "x-go" } }
          IdleFunction: { Type: AWS::Serverless::Function, Properties: { FunctionName: !Sub "x-idle" } }
          Board: { Type: AWS::CloudWatch::Dashboard, Properties: { DashboardBody: !Sub "${BoardFunction.Arn}" } }
        """;
    assertThat(unused(new Project(Stack.of(template), List.of(), Map.of(), new TreeSet<>())))
        .singleElement()
        .asString()
        .startsWith("IdleFunction: ");
  }

  private static List<String> unhandled(Project project) {
    List<String> breaches = new ArrayList<>();
    for (LambdaFunction function : project.stack().functions().values()) {
      String subject = function.id() + ": Handler " + function.handler() + " ";
      Class<?> handler = HandlerClasses.find(function).orElse(null);
      if (handler == null) {
        breaches.add(subject + "is no class: mend it");
        continue;
      }
      if (!RequestHandler.class.isAssignableFrom(handler)
          && !RequestStreamHandler.class.isAssignableFrom(handler)) {
        breaches.add(subject + "implements neither RequestHandler nor RequestStreamHandler");
      }
      String expected =
          handler.getPackageName() + "." + function.id().replaceFirst("Function$", "Handler");
      if (!handler.getName().equals(expected)) {
        breaches.add(subject + "is named after another function: " + expected + " expected");
      }
    }
    return breaches;
  }

  private static List<String> idle(Project project) {
    TreeSet<String> idle = new TreeSet<>(project.handlers());
    project.stack().functions().values().forEach(function -> idle.remove(function.handler()));
    return idle.stream()
        .map(
            handler ->
                handler
                    + " is the Handler of no function of template.yaml: add the function, or take"
                    + " the class out")
        .toList();
  }

  private static List<String> unused(Project project) {
    TreeSet<String> unused = new TreeSet<>();
    for (LambdaFunction function : project.stack().functions().values()) {
      if (!function.hasEvents()) {
        unused.add(function.id());
      }
    }
    project.eachStep((task, step) -> unused.remove(step.function().id()));
    return unused.stream()
        .map(
            id ->
                id
                    + ": no workflow calls it, it has no Events, no queue and no widget: use it, or"
                    + " take it out")
        .toList();
  }
}
