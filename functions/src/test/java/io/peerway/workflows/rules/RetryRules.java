package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which errors of a step are tried again: those that pass by themselves, and no others. */
class RetryRules {
  private static final List<String> PASSING =
      List.of(
          "io.peerway.model.error.NotYetVisible",
          "io.peerway.model.error.Throttled",
          "io.peerway.model.error.Unavailable",
          // Step Functions developer guide, "Handle transient Lambda service exceptions". It counts
          // crashes and time-outs of a function as Lambda.Unknown; Lambda itself names the latter
          // Sandbox.Timedout, and a process that has ended Runtime.ExitError.
          "Lambda.AWSLambdaException",
          "Lambda.ClientExecutionTimeoutException",
          "Lambda.SdkClientException",
          "Lambda.ServiceException",
          "Lambda.TooManyRequestsException",
          "Lambda.Unknown",
          "Runtime.ExitError",
          "Runtime.Unknown",
          "Sandbox.Timedout",
          "States.Timeout",
          // A function that is being updated, or that Lambda has put to rest (Lambda developer
          // guide,
          // "Lambda function states").
          "Lambda.ResourceConflictException",
          "Lambda.ResourceNotReadyException");

  private static final Set<String> FOR_A_PERSON =
      Set.of(
          "States.ALL",
          "States.TaskFailed",
          "io.peerway.model.error.Denied",
          "io.peerway.model.error.Drifted",
          "io.peerway.model.error.ForeignRoute",
          "io.peerway.model.error.InvalidSettings",
          "io.peerway.model.error.MalformedEvent",
          "io.peerway.model.error.NatCommandFailed",
          "io.peerway.model.error.NoVpnInstance",
          "io.peerway.model.error.RefusedByAws",
          "io.peerway.model.error.RouteTableFull");

  // Passing for one step, and an end for another.
  private static final Set<String> WHERE_A_STEP_SAYS_SO =
      Set.of("io.peerway.model.error.BlackholeRoute", "io.peerway.model.error.UnknownPeering");

  // One of each kind too few.
  private static final Project BROKEN =
      Project.of(
          Project.machineCalling("connect.AdmitHandler"),
          "'A': {'Type': 'Task', 'Resource': '${Call}', 'End': true, 'Retry': [{'ErrorEquals': ["
              + "'io.peerway.model.error.Denied', "
              + PASSING.stream()
                  .filter(name -> !name.equals("Lambda.ResourceConflictException"))
                  .map(name -> "'" + name + "'")
                  .collect(Collectors.joining(", "))
              + ", 'Lambda.Retired']}]}");

  @Test
  void what_passes_by_itself_is_tried_again() {
    Breaches.noneOf(RetryRules::givenUp);
  }

  @Test
  void a_passing_error_that_is_not_tried_again_is_found() {
    assertThat(givenUp(BROKEN))
        .containsExactly(
            "x.asl.json, A: Lambda.ResourceConflictException passes by itself: add it to Retry");
  }

  @Test
  void what_only_a_person_can_mend_is_not_tried_again() {
    Breaches.noneOf(RetryRules::triedInVain);
  }

  @Test
  void an_attempt_in_vain_is_found() {
    assertThat(triedInVain(BROKEN))
        .containsExactly(
            "x.asl.json, A: io.peerway.model.error.Denied waits for a person: take it out of Retry");
  }

  @Test
  void the_lists_of_all_steps_are_one_list() {
    Breaches.noneOf(RetryRules::inNoList);
  }

  @Test
  void an_error_of_one_list_only_is_found() {
    assertThat(inNoList(BROKEN))
        .containsExactly("x.asl.json, A: Lambda.Retired is in the list of this step alone");
  }

  private static List<String> inNoList(Project project) {
    return breaches(
        project,
        retried ->
            retried.stream()
                .filter(name -> !PASSING.contains(name) && !FOR_A_PERSON.contains(name))
                .filter(name -> !WHERE_A_STEP_SAYS_SO.contains(name))
                .map(name -> name + " is in the list of this step alone"));
  }

  private static List<String> givenUp(Project project) {
    return breaches(
        project,
        retried ->
            PASSING.stream()
                .filter(name -> !retried.contains(name))
                .map(name -> name + " passes by itself: add it to Retry"));
  }

  private static List<String> triedInVain(Project project) {
    return breaches(
        project,
        retried ->
            retried.stream()
                .filter(FOR_A_PERSON::contains)
                .map(name -> name + " waits for a person: take it out of Retry"));
  }

  private static List<String> breaches(
      Project project, Function<Set<String>, Stream<String>> rule) {
    List<String> breaches = new ArrayList<>();
    project.eachStep(
        (task, step) -> {
          Set<String> retried = new TreeSet<>();
          task.list("Retry")
              .forEach(retry -> retry.path("ErrorEquals").forEach(e -> retried.add(e.asText())));
          rule.apply(retried).forEach(what -> breaches.add(task.where() + ": " + what));
        });
    return breaches;
  }
}
