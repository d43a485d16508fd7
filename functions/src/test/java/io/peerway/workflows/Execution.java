package io.peerway.workflows;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Invoked;
import io.peerway.model.error.PeerwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a definition on handlers in this process, with as much of the Amazon States Language as it
 * uses: enough to see that what one step answers is what the next one reads. {@link #redrive} goes
 * on from the state that failed.
 */
final class Execution {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MERGE =
      Pattern.compile("States[.]JsonMerge[(]([$][.\\w]+), ([$][.\\w]+), false[)]");
  private static final Pattern NAME =
      Pattern.compile(
          "States[.]Format[(]'[{}]{2}-[{}]{2}', ([$][.\\w]+),"
              + " States[.]Hash[(][$][$][.]Execution[.]Id, 'MD5'[)][)]");

  private static final Pattern READ = Pattern.compile("States[.]StringToJson[(]([$][.\\w]+)[)]");

  private static final Pattern ASKED =
      Pattern.compile("States[.]Format[(]'[{}]{2}-asked', ([$][.\\w]+)[)]");

  private static final String ALREADY_EXISTS = "StepFunctions.ExecutionAlreadyExistsException";

  /** Asked to start a further execution, with its StateMachineArn, Name and Input. */
  interface Starter {
    /** False where that machine has an execution of that name already. */
    boolean start(JsonNode execution);
  }

  /** An execution that was waited for and has not succeeded; the message is its description. */
  static final class NestedFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    NestedFailed(String description) {
      super(description);
    }
  }

  /** What the workflow itself calls answers with this error. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String error;

    Refused(String error) {
      super("as ordered by the test");
      this.error = error;
    }
  }

  private static final class AlreadyExists extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final JsonNode machine;
  private final Map<String, RequestStreamHandler> functions;
  private final Runnable wait;
  private final String name;
  private final Starter starter;
  private final List<String> path = new ArrayList<>();
  private final List<JsonNode> published = new ArrayList<>();
  private final List<JsonNode> started = new ArrayList<>();
  private final JsonNode input;
  private JsonNode item = JSON.nullNode();
  private String state;
  private JsonNode data;
  private int redrives;
  private int retries;

  Execution(
      JsonNode machine,
      Map<String, RequestStreamHandler> functions,
      Runnable wait,
      JsonNode input) {
    this(machine, functions, wait, input, "execution", started -> true);
  }

  Execution(
      JsonNode machine,
      Map<String, RequestStreamHandler> functions,
      Runnable wait,
      JsonNode input,
      String name,
      Starter starter) {
    this.machine = machine;
    this.functions = functions;
    this.wait = wait;
    this.name = name;
    this.starter = starter;
    this.input = input;
    this.data = input;
    this.state = machine.get("StartAt").asText();
  }

  /** The states that were entered, in their order; those of a Parallel one after the other. */
  List<String> path() {
    return List.copyOf(path);
  }

  /** What people are told, each as the mail that is made of the event. */
  List<JsonNode> published() {
    return List.copyOf(published);
  }

  /** What it answers. */
  JsonNode output() {
    return data;
  }

  /** The executions that were started, each with its StateMachineArn, Name and Input. */
  List<JsonNode> started() {
    return List.copyOf(started);
  }

  void run() {
    while (!state.isEmpty()) {
      if (path.size() > 500) {
        throw new AssertionError("does not come to an end: " + path);
      }
      path.add(state);
      data = ran(machine.get("States").get(state), data);
    }
  }

  /** Goes on from the state that failed, with the input that it had. */
  void redrive() {
    redrives++;
    run();
  }

  private JsonNode ran(JsonNode definition, JsonNode input) {
    try {
      return tried(definition, input);
    } catch (PeerwayException e) {
      return caught(definition, input, e.getClass().getName(), e);
    } catch (AlreadyExists e) {
      return caught(definition, input, ALREADY_EXISTS, e);
    } catch (NestedFailed e) {
      return caught(definition, input, "States.TaskFailed", e);
    } catch (Refused e) {
      return caught(definition, input, e.error, e);
    }
  }

  private JsonNode caught(
      JsonNode definition, JsonNode input, String error, RuntimeException failure) {
    for (JsonNode handler : definition.path("Catch")) {
      for (JsonNode name : handler.get("ErrorEquals")) {
        if (name.asText().equals(error) || name.asText().equals("States.ALL")) {
          state = handler.get("Next").asText();
          ObjectNode output = JSON.createObjectNode().put("Error", error);
          return placed(handler, input, output.put("Cause", failure.getMessage()));
        }
      }
    }
    throw failure;
  }

  private JsonNode tried(JsonNode definition, JsonNode input) {
    JsonNode output =
        switch (definition.get("Type").asText()) {
          case "Task" -> placed(definition, input, task(definition, input));
          case "Parallel" -> placed(definition, input, parallel(definition, input));
          case "Wait" -> {
            wait.run();
            yield input;
          }
          case "Map" -> placed(definition, input, map(definition, input));
          case "Pass" -> passed(definition, input);
          case "Succeed" -> out(definition, input);
          case "Choice" -> input;
          default -> throw new IllegalStateException("unexpected state " + definition);
        };
    state = next(definition, output);
    return output;
  }

  private JsonNode task(JsonNode definition, JsonNode input) {
    retries = 0;
    JsonNode parameters = filled(definition.get("Parameters"), input);
    String resource = Definition.resource(definition);
    if (resource.equals("PutEvents")) {
      parameters.get("Entries").forEach(entry -> published.add(mail(entry)));
      return JSON.createObjectNode();
    }
    // What a workflow waits for is run after it here: it answers nothing that is read.
    if (resource.equals("StartExecution") || resource.equals("RunExecution")) {
      if (!starter.start(parameters)) {
        started.add(parameters);
        throw new AlreadyExists();
      }
      started.add(parameters);
      return JSON.createObjectNode();
    }
    return answered(definition, functions.get(resource), input);
  }

  // As tell makes it of the event.
  private static JsonNode mail(JsonNode entry) {
    JsonNode detail = entry.get("Detail");
    ObjectNode mail = JSON.createObjectNode();
    mail.set("Subject", detail.get("subject"));
    mail.set("Message", detail.get("message"));
    ObjectNode attributes = mail.putObject("MessageAttributes");
    attributes.putObject("outcome").set("StringValue", detail.get("outcome"));
    if (detail.has("peeringId")) {
      attributes.putObject("peeringId").set("StringValue", detail.get("peeringId"));
    }
    if (detail.path("account").size() == 1) {
      attributes.putObject("accountId").set("StringValue", detail.at("/account/0"));
    }
    mail.set("DetailType", entry.get("DetailType"));
    mail.set("Detail", detail);
    return mail;
  }

  // Tries again what the definition says, without waiting; each attempt is told its number.
  private JsonNode answered(JsonNode definition, RequestStreamHandler function, JsonNode input) {
    for (retries = 0; ; retries++) {
      try {
        return Invoked.exactly(function, filled(definition.get("Parameters"), input).toString());
      } catch (PeerwayException e) {
        if (retries >= attempts(definition, e)) {
          throw e;
        }
      }
    }
  }

  private static int attempts(JsonNode definition, PeerwayException e) {
    for (JsonNode retry : definition.get("Retry")) {
      for (JsonNode error : retry.get("ErrorEquals")) {
        if (error.asText().equals(e.getClass().getName())) {
          return retry.get("MaxAttempts").asInt();
        }
      }
    }
    return 0;
  }

  // A branch that ended stays as it is in a redrive on AWS; running it again shows that it may.
  private JsonNode parallel(JsonNode definition, JsonNode input) {
    ArrayNode outputs = JSON.createArrayNode();
    for (JsonNode branch : definition.get("Branches")) {
      Execution inner = new Execution(branch, functions, wait, input, name, starter);
      inner.redrives = redrives;
      outputs.add(ended(inner));
    }
    return outputs;
  }

  private JsonNode map(JsonNode definition, JsonNode input) {
    ArrayNode outputs = JSON.createArrayNode();
    for (JsonNode each : at(definition.get("ItemsPath").asText(), input)) {
      item = each;
      JsonNode selected =
          definition.has("ItemSelector") ? filled(definition.get("ItemSelector"), input) : each;
      Execution inner =
          new Execution(definition.get("ItemProcessor"), functions, wait, selected, name, starter);
      inner.redrives = redrives;
      outputs.add(ended(inner));
    }
    return outputs;
  }

  private JsonNode ended(Execution inner) {
    inner.run();
    path.addAll(inner.path);
    published.addAll(inner.published);
    started.addAll(inner.started);
    return inner.data;
  }

  private JsonNode passed(JsonNode definition, JsonNode input) {
    JsonNode output =
        definition.has("Parameters") ? filled(definition.get("Parameters"), input) : input;
    return out(definition, placed(definition, input, output));
  }

  private static JsonNode out(JsonNode definition, JsonNode output) {
    return definition.has("OutputPath")
        ? at(definition.get("OutputPath").asText(), output)
        : output;
  }

  private static JsonNode placed(JsonNode definition, JsonNode input, JsonNode result) {
    JsonNode path = definition.get("ResultPath");
    if (path == null || path.asText().equals("$")) {
      return path != null && path.isNull() ? input : result;
    }
    if (path.isNull()) {
      return input;
    }
    ObjectNode output = input.deepCopy();
    String pointer = pointer(path.asText());
    int last = pointer.lastIndexOf('/');
    ((ObjectNode) output.at(pointer.substring(0, last))).set(pointer.substring(last + 1), result);
    return output;
  }

  private static boolean isChosen(JsonNode choice, JsonNode data) {
    if (choice.has("And")) {
      return choice.get("And").valueStream().allMatch(each -> isChosen(each, data));
    }
    JsonNode found = data.at(pointer(choice.get("Variable").asText()));
    if (choice.has("IsPresent")) {
      return choice.get("IsPresent").asBoolean() != found.isMissingNode();
    }
    if (choice.has("StringMatches")) {
      String[] parts = choice.get("StringMatches").asText().split("[*]", 2);
      return found.asText().startsWith(parts[0]) && found.asText().endsWith(parts[1]);
    }
    return choice.has("IsNumeric")
        ? choice.get("IsNumeric").asBoolean() == found.isNumber()
        : found.asText().equals(choice.get("StringEquals").asText());
  }

  private static String next(JsonNode definition, JsonNode data) {
    for (JsonNode choice : definition.path("Choices")) {
      if (isChosen(choice, data)) {
        return choice.get("Next").asText();
      }
    }
    return definition.path("Next").asText(definition.path("Default").asText(""));
  }

  private JsonNode filled(JsonNode template, JsonNode input) {
    if (template.isArray()) {
      ArrayNode filled = JSON.createArrayNode();
      template.forEach(each -> filled.add(filled(each, input)));
      return filled;
    }
    if (!template.isObject()) {
      return template;
    }
    ObjectNode filled = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : template.properties()) {
      String name = field.getKey();
      if (name.endsWith(".$")) {
        filled.set(name.substring(0, name.length() - 2), value(field.getValue().asText(), input));
      } else {
        filled.set(name, filled(field.getValue(), input));
      }
    }
    return filled;
  }

  private JsonNode value(String path, JsonNode input) {
    return switch (path) {
      case "$$.Execution.Id" -> JSON.getNodeFactory().textNode("arn:" + name);
      case "$$.Execution.Name" -> JSON.getNodeFactory().textNode(name);
      case "$$.State.RetryCount" -> JSON.getNodeFactory().numberNode(retries);
      case "$$.Execution.RedriveCount" -> JSON.getNodeFactory().numberNode(redrives);
      case "$$.Execution.Input" -> this.input;
      case "$$.Map.Item.Value" -> item;
      default -> path.startsWith("States.") ? called(path, input) : at(path, input);
    };
  }

  // The calls of intrinsic functions that the definitions have.
  private JsonNode called(String call, JsonNode input) {
    Matcher merge = MERGE.matcher(call);
    if (merge.matches()) {
      ObjectNode merged = at(merge.group(1), input).deepCopy();
      return merged.setAll((ObjectNode) at(merge.group(2), input));
    }
    Matcher asked = ASKED.matcher(call);
    if (asked.matches()) {
      return JSON.getNodeFactory().textNode(at(asked.group(1), input).asText() + "-asked");
    }
    Matcher read = READ.matcher(call);
    if (read.matches()) {
      return Invoked.json(at(read.group(1), input).asText());
    }
    Matcher hashed = NAME.matcher(call);
    if (hashed.matches()) {
      String id = machine.path("Comment").asText() + name;
      return JSON.getNodeFactory()
          .textNode(at(hashed.group(1), input).asText() + "-" + Integer.toHexString(id.hashCode()));
    }
    throw new IllegalStateException("unexpected function " + call);
  }

  /** The value at a path such as {@code $.joined[2].vpnAddresses}; one that leads nowhere fails. */
  private static JsonNode at(String path, JsonNode data) {
    JsonNode found = data.at(pointer(path));
    if (found.isMissingNode()) {
      throw new IllegalStateException("States.Runtime: " + path + " is not in " + data);
    }
    return found;
  }

  private static String pointer(String path) {
    return path.replaceFirst("^[$]", "").replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
  }
}
