package io.peerway.workflows.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.workflows.rules.Stack.LambdaFunction;
import io.peerway.workflows.rules.Stack.Machine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Task calls, once the template has filled in its Resource. */
sealed interface Target {

  /**
   * A function of ours.
   *
   * @param input what it is given; empty if that cannot be read off the definition
   */
  record Step(LambdaFunction function, Optional<JsonNode> input) implements Target {}

  /** A service integration, such as {@code arn:aws:states:::sns:publish}. */
  record Service(String arn) implements Target {}

  /** Nothing that works. */
  record Unresolved(String reason) implements Target {}

  Pattern WHOLE_SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");
  Pattern INTEGRATION =
      Pattern.compile(
          "arn:(\\$\\{AWS::Partition}|aws[a-z-]*):states:::"
              + "([a-z0-9-]+(?::[A-Za-z0-9]+)+(?:\\.sync(?::2)?|\\.waitForTaskToken)?)");

  static Target of(State task, Machine machine, Stack stack) {
    Object resource = filled(task.json().path("Resource").asText(), machine);
    if (resource instanceof Intrinsic call && !call.name().equals("Sub")) {
      return function(call, stack, given(task));
    }
    String arn = String.valueOf(resource instanceof Intrinsic sub ? sub.value() : resource);
    Matcher integration = INTEGRATION.matcher(arn);
    if (!integration.matches()) {
      return new Unresolved(arn + " is neither a substitution nor a service integration");
    }
    if (!integration.group(2).startsWith("lambda:invoke")) {
      return new Service(arn);
    }
    JsonNode parameters = task.json().path("Parameters");
    return filled(parameters.path("FunctionName").asText(), machine) instanceof Intrinsic call
        ? function(call, stack, Optional.ofNullable(parameters.get("Payload")))
        : new Unresolved("FunctionName is not one substitution");
  }

  private static Object filled(String text, Machine machine) {
    Matcher substitution = WHOLE_SUBSTITUTION.matcher(text);
    return substitution.matches()
        ? machine.substitutions().getOrDefault(substitution.group(1), text)
        : text;
  }

  private static Target function(Intrinsic call, Stack stack, Optional<JsonNode> input) {
    return stack.functions().values().stream()
        .filter(function -> call.isArnOf(function.id()))
        .findFirst()
        .<Target>map(function -> new Step(function, input))
        .orElseGet(
            () -> new Unresolved(call + " is no function here: give !GetAtt <Function>.Arn"));
  }

  // The first state of a Map's processor is given what the Map selects.
  private static Optional<JsonNode> given(State task) {
    Optional<JsonNode> parameters = Optional.ofNullable(task.json().get("Parameters"));
    return task.name().equals(task.scope().startAt())
        ? parameters.or(task.scope()::item)
        : parameters;
  }
}
