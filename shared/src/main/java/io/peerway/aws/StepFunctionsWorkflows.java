package io.peerway.aws;

import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.Mending;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** {@link Workflows} on Step Functions. */
public final class StepFunctionsWorkflows implements Workflows {
  private final Supplier<SfnClient> stepFunctions;
  private final Machines machines;
  private final Clock clock;

  /**
   * The ARNs of the state machines; empty where a function does not start that one.
   *
   * @param reconcileMode {@code plan} or {@code repair}
   */
  record Machines(
      String connect,
      String disconnect,
      String lookAtAccount,
      String reconcile,
      String reconcileMode) {}

  StepFunctionsWorkflows(Supplier<SfnClient> stepFunctions, Machines machines, Clock clock) {
    this.stepFunctions = stepFunctions;
    this.machines = machines;
    this.clock = clock;
  }

  @Override
  public boolean startConnect(PeeringId peering, String executionName) {
    return start(machines.connect(), peering, executionName, "{\"peeringId\":\"" + peering + "\"}");
  }

  @Override
  public boolean startMending(PeeringId peering, Mending mends, String executionName) {
    return start(machines.connect(), peering, executionName, MendingInput.of(peering, mends));
  }

  @Override
  public boolean startDisconnect(PeeringId peering, String executionName) {
    return start(
        machines.disconnect(), peering, executionName, "{\"peeringId\":\"" + peering + "\"}");
  }

  @Override
  public boolean startLookAtAccount(AccountLook look, String executionName) {
    return start(machines.lookAtAccount(), look.accountId(), executionName, look.json());
  }

  @Override
  public boolean startReconcile(String executionName, Duration after) {
    String wait = after.isZero() ? "" : ",\"after\":" + after.toSeconds();
    return start(
        machines.reconcile(),
        new AllConnections(),
        executionName,
        "{\"mode\":\"" + machines.reconcileMode() + "\",\"accounts\":\"connected\"" + wait + "}");
  }

  @Override
  public boolean startReconcile(String executionName, PeeringId only, boolean repair) {
    return start(
        machines.reconcile(),
        only,
        executionName,
        "{\"mode\":\"" + (repair ? "repair" : "plan") + "\",\"only\":\"" + only + "\"}");
  }

  @Override
  public Optional<Begun> begun(Errand errand, String executionName) {
    String machine =
        switch (errand) {
          case Errand.Connect connect -> machines.connect();
          case Errand.Disconnect disconnect -> machines.disconnect();
          case Errand.Look look -> machines.lookAtAccount();
          case Errand.Reconcile reconcile -> machines.reconcile();
        };
    return AwsErrors.call(
        errand.subject() + ": read " + executionName,
        () -> {
          try {
            var execution =
                stepFunctions
                    .get()
                    .describeExecution(
                        r ->
                            r.executionArn(
                                    machine.replace(":stateMachine:", ":execution:")
                                        + ":"
                                        + executionName)
                                .overrideConfiguration(Caller.named(errand.subject())));
            return Optional.of(
                new Begun(
                    execution.startDate(), Objects.requireNonNullElse(execution.input(), "")));
          } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
          }
        });
  }

  // Ids are made of letters, digits and hyphens, so they need no escaping in JSON.
  //
  // With the input of one that is running, it is no failure to start it again: the answer is then
  // that one's ("StartExecution", AWS Step Functions API Reference), with the time it began.
  private boolean start(String machine, Subject subject, String executionName, String input) {
    return AwsErrors.call(
        subject + ": start " + executionName,
        () -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          try {
            return !stepFunctions
                .get()
                .startExecution(
                    r ->
                        r.stateMachineArn(machine)
                            .name(executionName)
                            .input(input)
                            .overrideConfiguration(Caller.named(subject)))
                .startDate()
                .isBefore(now);
          } catch (ExecutionAlreadyExistsException e) {
            return false;
          }
        });
  }
}
