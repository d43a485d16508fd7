package io.peerway.aws;

import io.peerway.model.PeeringId;
import io.peerway.model.Workflows;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** {@link Workflows} on Step Functions. */
public final class StepFunctionsWorkflows implements Workflows {
  private final SfnClient stepFunctions;
  private final String connectArn;

  StepFunctionsWorkflows(SfnClient stepFunctions, String connectArn) {
    this.stepFunctions = stepFunctions;
    this.connectArn = connectArn;
  }

  @Override
  public boolean startConnect(PeeringId peering, String executionName) {
    return AwsErrors.call(
        peering + ": start connect",
        () -> {
          try {
            // Ids are made of letters, digits and hyphens, so they need no escaping in JSON.
            stepFunctions.startExecution(
                r ->
                    r.stateMachineArn(connectArn)
                        .name(executionName)
                        .input("{\"peeringId\":\"" + peering + "\"}")
                        .overrideConfiguration(Caller.named(peering)));
            return true;
          } catch (ExecutionAlreadyExistsException e) {
            return false;
          }
        });
  }
}
