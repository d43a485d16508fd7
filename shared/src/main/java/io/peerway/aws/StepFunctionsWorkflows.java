package io.peerway.aws;

import io.peerway.model.AccountId;
import io.peerway.model.AllConnections;
import io.peerway.model.PeeringId;
import io.peerway.model.Subject;
import io.peerway.model.VpcId;
import io.peerway.model.Workflows;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** {@link Workflows} on Step Functions. */
public final class StepFunctionsWorkflows implements Workflows {
  private final SfnClient stepFunctions;
  private final Machines machines;

  /** The ARNs of the state machines; empty where a function does not start that one. */
  record Machines(String connect, String disconnect, String onboardAccount, String reconcile) {}

  StepFunctionsWorkflows(SfnClient stepFunctions, Machines machines) {
    this.stepFunctions = stepFunctions;
    this.machines = machines;
  }

  @Override
  public boolean startConnect(PeeringId peering, String executionName) {
    return start(machines.connect(), peering, executionName, "{\"peeringId\":\"" + peering + "\"}");
  }

  @Override
  public boolean startDisconnect(PeeringId peering, String executionName) {
    return start(
        machines.disconnect(), peering, executionName, "{\"peeringId\":\"" + peering + "\"}");
  }

  @Override
  public boolean startOnboardAccount(
      AccountId account, @Nullable VpcId changed, String executionName) {
    String also = changed == null ? "" : ",\"changed\":\"" + changed + "\"";
    return start(
        machines.onboardAccount(),
        account,
        executionName,
        "{\"accountId\":\"" + account + "\"" + also + "}");
  }

  @Override
  public boolean startReconcile(String executionName, Duration after) {
    String wait = after.isZero() ? "" : ",\"after\":" + after.toSeconds();
    return start(
        machines.reconcile(),
        new AllConnections(),
        executionName,
        "{\"mode\":\"repair\",\"accounts\":\"connected\"" + wait + "}");
  }

  // Ids are made of letters, digits and hyphens, so they need no escaping in JSON.
  private boolean start(String machine, Subject subject, String executionName, String input) {
    return AwsErrors.call(
        subject + ": start " + executionName,
        () -> {
          try {
            stepFunctions.startExecution(
                r ->
                    r.stateMachineArn(machine)
                        .name(executionName)
                        .input(input)
                        .overrideConfiguration(Caller.named(subject)));
            return true;
          } catch (ExecutionAlreadyExistsException e) {
            return false;
          }
        });
  }
}
