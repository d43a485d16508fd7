package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How template.yaml, the workflow and the classes fit together. */
class TemplateTest {

  private final Template template = Template.hub();
  private final Definition connect = Definition.connect();
  private final Map<String, Map<String, Object>> functions =
      template.resources("AWS::Serverless::Function");

  @Test
  void every_handler_is_a_class_that_lambda_can_make() throws ReflectiveOperationException {
    assertThat(functions.keySet()).contains("PeeringEventFunction", "VerifyFunction");
    for (Map.Entry<String, Map<String, Object>> function : functions.entrySet()) {
      Class<?> handler = Class.forName((String) function.getValue().get("Handler"));
      assertThat(handler.getConstructor().canAccess(null)).as(handler.getName()).isTrue();
      assertThat(
              RequestStreamHandler.class.isAssignableFrom(handler)
                  || RequestHandler.class.isAssignableFrom(handler))
          .as(handler.getName())
          .isTrue();
      assertThat(handler.getSimpleName())
          .isEqualTo(function.getKey().replaceFirst("Function$", "Handler"));
    }
  }

  @Test
  void every_substitution_of_the_workflow_is_supplied_and_every_supplied_one_is_used() {
    assertThat(connect.substitutions()).isEqualTo(supplied().keySet());
  }

  @Test
  void every_task_calls_the_live_alias_of_its_function_or_a_service() {
    for (Map.Entry<String, JsonNode> task : connect.states("Task")) {
      String name = Definition.resource(task.getValue());
      Object value = supplied().get(name);
      if (functions.containsKey(name)) {
        assertThat(value).as(task.getKey()).isEqualTo(name + ".Alias");
      } else {
        assertThat((String) value).as(task.getKey()).startsWith("arn:${AWS::Partition}:states:::");
      }
    }
  }

  @Test
  void every_function_is_a_step_of_a_workflow_or_the_target_of_a_rule() {
    Set<String> used = new HashSet<>();
    connect.states("Task").forEach(task -> used.add(Definition.resource(task.getValue())));
    functions.forEach(
        (id, properties) -> {
          if (!Template.map(properties.get("Events")).isEmpty()) {
            used.add(id);
          }
        });
    assertThat(used).containsAll(functions.keySet());
  }

  @Test
  void a_task_waits_longer_than_its_function_may_run() {
    Map<String, Object> globals = Template.map(template.tree().get("Globals"));
    int longest = (Integer) Template.map(globals.get("Function")).get("Timeout");
    for (Map.Entry<String, JsonNode> task : connect.states("Task")) {
      if (functions.containsKey(Definition.resource(task.getValue()))) {
        assertThat(task.getValue().get("TimeoutSeconds").asInt())
            .as(task.getKey())
            .isGreaterThan(longest);
      }
    }
  }

  @Test
  void every_function_has_a_sample_event() {
    for (String id : functions.keySet()) {
      assertThat(Path.of("..", "events").toFile().list())
          .as(id)
          .anyMatch(file -> file.equals(id + ".json") || file.startsWith(id + "-"));
    }
    assertThat(Files.exists(Path.of("..", "events", "README.md"))).isTrue();
  }

  private Map<String, Object> supplied() {
    Map<String, Object> machine =
        template.resources("AWS::Serverless::StateMachine").get("ConnectStateMachine");
    return Template.map(machine.get("DefinitionSubstitutions"));
  }
}
