package io.peerway.workflows.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the rules look at in template.yaml. */
record Stack(Map<String, LambdaFunction> functions, Map<String, Machine> machines) {

  /**
   * A function.
   *
   * @param timeoutSeconds its own, or that of Globals
   * @param hasEvents whether something starts it that is no workflow
   */
  record LambdaFunction(String id, String handler, int timeoutSeconds, boolean hasEvents) {}

  /** A state machine; {@code definition} is its DefinitionUri. */
  record Machine(
      String id, String definition, Map<String, Object> substitutions, List<Map<?, ?>> policies) {}

  static Stack of(String yaml) {
    Map<?, ?> template = CloudFormationYaml.read(yaml);
    Map<?, ?> defaults = map(map(template.get("Globals")).get("Function"));
    Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    Map<String, Machine> machines = new LinkedHashMap<>();
    Set<String> fed = new HashSet<>(fedByAQueue(map(template.get("Resources"))));
    fed.addAll(calledByADashboard(map(template.get("Resources"))));
    map(template.get("Resources"))
        .forEach(
            (key, resource) -> {
              String id = (String) key;
              Map<?, ?> properties = map(map(resource).get("Properties"));
              switch ((String) map(resource).get("Type")) {
                case "AWS::Serverless::Function" ->
                    functions.put(id, function(id, properties, defaults, fed.contains(id)));
                case "AWS::Serverless::StateMachine" -> machines.put(id, machine(id, properties));
                default -> {}
              }
            });
    return new Stack(functions, machines);
  }

  // Those that an event source mapping invokes.
  private static Set<String> fedByAQueue(Map<?, ?> resources) {
    return resources.values().stream()
        .filter(resource -> "AWS::Lambda::EventSourceMapping".equals(map(resource).get("Type")))
        .map(mapping -> map(map(mapping).get("Properties")).get("FunctionName"))
        .flatMap(
            function ->
                resources.keySet().stream()
                    .map(String::valueOf)
                    .filter(id -> function instanceof Intrinsic ref && ref.refersTo(id)))
        .collect(Collectors.toSet());
  }

  // Those that a widget names, and those that such a function names behind its buttons.
  private static Set<String> calledByADashboard(Map<?, ?> resources) {
    Set<String> called = new HashSet<>();
    String bodies =
        resources.values().stream()
            .filter(resource -> "AWS::CloudWatch::Dashboard".equals(map(resource).get("Type")))
            .map(board -> String.valueOf(map(map(board).get("Properties")).get("DashboardBody")))
            .collect(Collectors.joining());
    resources.forEach(
        (id, resource) -> {
          if (bodies.contains("${" + id + ".Arn}")) {
            called.add(String.valueOf(id));
            called.addAll(named(String.valueOf(map(resource).get("Properties")), resources));
          }
        });
    return called;
  }

  private static List<String> named(String properties, Map<?, ?> resources) {
    return resources.entrySet().stream()
        .filter(
            other ->
                map(map(other.getValue()).get("Properties")).get("FunctionName")
                        instanceof Intrinsic(var sub, String name)
                    && properties.contains(":function:" + name))
        .map(other -> String.valueOf(other.getKey()))
        .toList();
  }

  private static LambdaFunction function(
      String id, Map<?, ?> properties, Map<?, ?> defaults, boolean isFed) {
    // 3 seconds is Lambda's default.
    Object timeout =
        properties.containsKey("Timeout") ? properties.get("Timeout") : defaults.get("Timeout");
    return new LambdaFunction(
        id,
        String.valueOf(properties.get("Handler")),
        timeout == null ? 3 : (Integer) timeout,
        isFed || !map(properties.get("Events")).isEmpty());
  }

  private static Machine machine(String id, Map<?, ?> properties) {
    Map<String, Object> substitutions = new LinkedHashMap<>();
    map(properties.get("DefinitionSubstitutions"))
        .forEach((name, value) -> substitutions.put((String) name, value));
    List<Map<?, ?>> policies = new ArrayList<>();
    for (Object policy : list(properties.get("Policies"))) {
      policies.add(policy instanceof Map<?, ?> inline ? inline : Map.of("Managed", policy));
    }
    return new Machine(
        id, String.valueOf(properties.get("DefinitionUri")), substitutions, policies);
  }

  static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** A list, or the one value that CloudFormation and IAM let stand for a list of one. */
  static List<?> list(Object value) {
    return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
  }
}
