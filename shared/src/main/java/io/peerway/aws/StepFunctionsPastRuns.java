package io.peerway.aws;

import io.peerway.model.port.PastRun;
import io.peerway.model.port.PastRuns;
import io.peerway.model.value.AllConnections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@link PastRuns} on Step Functions, whose executions keep their output. */
final class StepFunctionsPastRuns implements PastRuns {
  private final SfnClient stepFunctions;
  private final String machine;

  StepFunctionsPastRuns(SfnClient stepFunctions, String machine) {
    this.stepFunctions = stepFunctions;
    this.machine = machine;
  }

  @Override
  public List<PastRun> latest(int atMost) {
    AllConnections all = new AllConnections();
    return AwsErrors.call(
        all + ": read what earlier executions found",
        () ->
            stepFunctions
                .listExecutions(
                    r ->
                        r.stateMachineArn(machine)
                            .statusFilter(ExecutionStatus.SUCCEEDED)
                            .maxResults(atMost)
                            .overrideConfiguration(Caller.named(all)))
                .executions()
                .stream()
                .map(this::run)
                .toList());
  }

  private PastRun run(ExecutionListItem seen) {
    String output =
        stepFunctions
            .describeExecution(
                r ->
                    r.executionArn(seen.executionArn())
                        .overrideConfiguration(Caller.named(new AllConnections())))
            .output();
    return new PastRun(seen.startDate(), output == null ? "" : output, seen.name());
  }

  @Override
  public Optional<Run> named(String name) {
    AllConnections all = new AllConnections();
    return AwsErrors.call(
        all + ": read " + name,
        () -> {
          try {
            var seen =
                stepFunctions.describeExecution(
                    r ->
                        r.executionArn(
                                machine.replace(":stateMachine:", ":execution:") + ":" + name)
                            .overrideConfiguration(Caller.named(all)));
            return Optional.of(
                new Run(
                    name,
                    seen.statusAsString(),
                    seen.startDate(),
                    Objects.requireNonNullElse(seen.output(), ""),
                    Objects.requireNonNullElse(seen.error(), ""),
                    Objects.requireNonNullElse(seen.cause(), "")));
          } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
          }
        });
  }
}
