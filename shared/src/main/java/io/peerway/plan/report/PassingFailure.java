package io.peerway.plan.report;

import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Failures that pass by themselves, by the names they have in a workflow: what its Retry lists try
 * again, and an execution that ran out of time. Every other waits for a person.
 */
public final class PassingFailure {
  private static final Set<String> OURS =
      Stream.of(Throttled.class, Unavailable.class, NotYetVisible.class)
          .map(Class::getName)
          .collect(Collectors.toSet());

  // The status of an execution that ran out of time stands in place of its error (Step Functions
  // API reference, "DescribeExecution").
  private static final Set<String> OF_STEP_FUNCTIONS =
      Set.of(
          "States.Timeout",
          "States.HeartbeatTimeout",
          "TIMED_OUT",
          "StepFunctions.SdkClientException",
          "StepFunctions.AWSStepFunctionsException");

  // A function that could not be run, or that died.
  private static final List<String> OF_LAMBDA = List.of("Lambda.", "Runtime.", "Sandbox.");

  private PassingFailure() {}

  public static boolean is(String error) {
    return OURS.contains(error)
        || OF_STEP_FUNCTIONS.contains(error)
        || OF_LAMBDA.stream().anyMatch(error::startsWith);
  }
}
