package io.peerway.aws;

import io.peerway.model.port.Doctor;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;

/** {@link Doctor} on Step Functions, as an Express workflow that answers whoever starts it. */
final class StepFunctionsDoctor implements Doctor {
  private static final String SUBJECT = "diagnose";

  private final Supplier<SfnClient> stepFunctions;
  private final String machine;

  StepFunctionsDoctor(Supplier<SfnClient> stepFunctions, String machine) {
    this.stepFunctions = stepFunctions;
    this.machine = machine;
  }

  @Override
  public Outcome answer(String question) {
    StartSyncExecutionResponse run =
        AwsErrors.call(
            SUBJECT,
            () ->
                stepFunctions
                    .get()
                    .startSyncExecution(
                        r ->
                            r.stateMachineArn(machine)
                                .input(question)
                                .overrideConfiguration(Caller.named(SUBJECT))));
    return run.status() == SyncExecutionStatus.SUCCEEDED
        ? new Answered(Objects.requireNonNullElse(run.output(), ""))
        : new Failed(
            Objects.requireNonNullElse(run.error(), run.statusAsString()),
            Objects.requireNonNullElse(run.cause(), ""));
  }
}
