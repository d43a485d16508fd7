package io.peerway.workflows.rules;

import io.peerway.workflows.rules.Stack.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Everything that has to fit: the template, the workflows, the samples and the handler classes.
 *
 * @param samples text of the functions' samples in events/, by path
 * @param handlers names of the classes in the functions module that are called handlers
 */
record Project(
    Stack stack,
    List<WorkflowFile> workflows,
    Map<String, String> samples,
    TreeSet<String> handlers) {

  /** This repository. */
  static Project ours() {
    Path root = Path.of("..");
    Path sources = Path.of("src", "main", "java");
    TreeSet<String> handlers = new TreeSet<>();
    for (Path file : files(sources, "Handler.java", Integer.MAX_VALUE)) {
      String name = sources.relativize(file).toString();
      handlers.add(name.replaceFirst("[.]java$", "").replace('/', '.'));
    }
    Map<String, String> samples = new TreeMap<>();
    Path events = root.resolve("events");
    for (Path file : files(events, ".json", 2)) {
      String name = events.relativize(file).toString();
      if (!name.endsWith(".expected.json") && !name.startsWith("rules/")) {
        samples.put(name, text(file));
      }
    }
    return new Project(
        Stack.of(text(root.resolve("template.yaml"))),
        files(root.resolve("workflows"), ".asl.json", 1).stream()
            .map(file -> WorkflowFile.of(file.getFileName().toString(), text(file)))
            .toList(),
        samples,
        handlers);
  }

  /**
   * A small project for showing that a rule finds something: one workflow, {@code x.asl.json}, with
   * these states (single quotes stand for double ones) that begins at the first of them.
   */
  static Project of(String template, String states) {
    String text = "{'TimeoutSeconds': 9, 'StartAt': '', 'States': {" + states + "}}";
    WorkflowFile unstarted = WorkflowFile.of("x.asl.json", text.replace('\'', '"'));
    String first = unstarted.json().get("States").fieldNames().next();
    return new Project(
        Stack.of(template),
        List.of(WorkflowFile.of("x.asl.json", unstarted.text().replace("\"\"", '"' + first + '"'))),
        Map.of(),
        new TreeSet<>());
  }

  /** As above, where the template has nothing to do with it. */
  static Project of(String states) {
    return of(MACHINE, states);
  }

  /** A template with one machine, for {@code x.asl.json}. */
  static final String MACHINE =
      """
      Resources:
        Machine:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: workflows/x.asl.json
      """;

  /** A template with one machine for {@code x.asl.json} that calls a step as {@code ${Call}}. */
  static String machineCalling(String handler) {
    return MACHINE
        + """
              DefinitionSubstitutions:
                Call: !GetAtt StepFunction.Arn
          StepFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: io.peerway.functions.%s
              Timeout: 60
        """
            .formatted(handler);
  }

  List<State> states() {
    return workflows.stream().flatMap(workflow -> workflow.states().stream()).toList();
  }

  List<State> states(String type) {
    return states().stream().filter(state -> state.is(type)).toList();
  }

  List<Machine> machines(WorkflowFile workflow) {
    return stack.machines().values().stream()
        .filter(machine -> machine.definition().equals("workflows/" + workflow.file()))
        .toList();
  }

  /** Looks at every Task together with what it calls. */
  void eachTask(BiConsumer<State, Target> look) {
    for (WorkflowFile workflow : workflows) {
      for (Machine machine : machines(workflow)) {
        workflow.states("Task").forEach(task -> look.accept(task, Target.of(task, machine, stack)));
      }
    }
  }

  /** Looks at every Task that calls a function of ours. */
  void eachStep(BiConsumer<State, Target.Step> look) {
    eachTask(
        (task, target) -> {
          if (target instanceof Target.Step step) {
            look.accept(task, step);
          }
        });
  }

  private static List<Path> files(Path folder, String ending, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(ending)).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
