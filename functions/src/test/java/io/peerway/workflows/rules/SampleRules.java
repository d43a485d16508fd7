package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Steps;
import io.peerway.model.error.MalformedEvent;
import io.peerway.workflows.rules.Stack.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The samples in events/. */
class SampleRules {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void every_function_has_a_sample_and_every_sample_a_function() {
    Breaches.noneOf(SampleRules::unpaired);
  }

  @Test
  void a_function_or_a_sample_alone_is_found() {
    assertThat(unpaired(with("connect.AdmitHandler", "StepFunctions/input.json", "{}")))
        .containsExactly(
            "events/StepFunctions/input.json is named after no function of template.yaml: rename it"
                + " <Function>/<what happened>.json",
            "StepFunction has no sample: add events/StepFunction/input.json");
  }

  @Test
  void every_sample_of_a_step_is_what_the_step_reads() {
    Breaches.noneOf(SampleRules::unreadable);
  }

  @Test
  void a_sample_that_a_step_cannot_read_is_found() {
    assertThat(
            unreadable(
                with(
                    "connect.AdmitHandler",
                    "StepFunction/x.json",
                    "{\"peeringId\": \"pcx-1\", \"a\": 1}")))
        .containsExactly(
            "events/StepFunction/x.json: Request has no a: mend the sample",
            "events/StepFunction/x.json: input.peeringId: a VPC peering connection id"
                + " (pcx-…) expected, got: pcx-1");
  }

  @Test
  void what_a_record_requires_its_step_refuses_to_do_without() {
    Breaches.noneOf(SampleRules::takenForGranted);
  }

  @Test
  void a_component_that_is_required_but_not_checked_is_found() {
    assertThat(missing(Unchecked.class, "{\"id\": \"1\", \"note\": \"2\"}"))
        .containsExactly(
            "Unchecked is made without id: require it in the constructor, or mark it @Nullable");
  }

  private record Unchecked(String id, @Nullable String note) {}

  private static List<String> unpaired(Project project) {
    List<String> breaches = new ArrayList<>();
    TreeSet<String> without = new TreeSet<>(project.stack().functions().keySet());
    for (String file : project.samples().keySet()) {
      Optional<LambdaFunction> function = function(project, file);
      function.ifPresentOrElse(
          found -> without.remove(found.id()),
          () ->
              breaches.add(
                  "events/%s is named after no function of template.yaml: rename it <Function>/<what happened>.json"
                      .formatted(file)));
    }
    without.forEach(id -> breaches.add(id + " has no sample: add events/" + id + "/input.json"));
    return breaches;
  }

  private static List<String> unreadable(Project project) {
    List<String> breaches = new ArrayList<>();
    steps(project)
        .forEach(
            (file, input) -> {
              String sample = project.samples().get(file);
              TreeSet<String> unknown = new TreeSet<>();
              object(sample).fieldNames().forEachRemaining(unknown::add);
              for (RecordComponent component : input.getRecordComponents()) {
                unknown.remove(component.getName());
              }
              unknown.forEach(
                  name ->
                      breaches.add(
                          "events/%s: %s has no %s: mend the sample"
                              .formatted(file, input.getSimpleName(), name)));
              refusal(input, sample)
                  .ifPresent(refusal -> breaches.add("events/" + file + ": " + refusal));
            });
    return breaches;
  }

  private static List<String> takenForGranted(Project project) {
    return steps(project).entrySet().stream()
        .map(sample -> missing(sample.getValue(), project.samples().get(sample.getKey())))
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }

  // What is not marked @Nullable, taken out of the sample one by one.
  private static List<String> missing(Class<?> input, String sample) {
    List<String> breaches = new ArrayList<>();
    for (RecordComponent component : input.getRecordComponents()) {
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
          && refusal(input, object(sample).without(component.getName()).toString()).isEmpty()) {
        breaches.add(
            "%s is made without %s: require it in the constructor, or mark it @Nullable"
                .formatted(input.getSimpleName(), component.getName()));
      }
    }
    return breaches;
  }

  private static Optional<String> refusal(Class<?> input, String json) {
    try {
      Steps.read(input, json);
      return Optional.empty();
    } catch (MalformedEvent e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The samples of steps, by file, with the record that the step reads.
  private static Map<String, Class<?>> steps(Project project) {
    Map<String, Class<?>> steps = new TreeMap<>();
    for (String file : project.samples().keySet()) {
      function(project, file)
          .flatMap(HandlerClasses::find)
          .flatMap(Steps::input)
          .ifPresent(input -> steps.put(file, input));
    }
    return steps;
  }

  private static Optional<LambdaFunction> function(Project project, String file) {
    return project.stack().functions().values().stream()
        .filter(f -> file.startsWith(f.id() + "/"))
        .findFirst();
  }

  private static ObjectNode object(String sample) {
    try {
      return (ObjectNode) JSON.readTree(sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Project with(String handler, String file, String sample) {
    return new Project(
        Stack.of(Project.machineCalling(handler)),
        List.of(),
        Map.of(file, sample),
        new TreeSet<>());
  }
}
