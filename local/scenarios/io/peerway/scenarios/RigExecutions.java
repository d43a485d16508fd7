package io.peerway.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;

/** The executions of the workflows: asks Step Functions, and waits for their ends. */
final class RigExecutions {
  private static final List<String> MACHINES =
      List.of(
          "ConnectStateMachineArn", "DisconnectStateMachineArn", "LookAtAccountStateMachineArn");

  private final Rig rig;

  RigExecutions(Rig rig) {
    this.rig = rig;
  }

  /** Waits for the request that nobody but Peerway makes, and the end of its execution. */
  String connectedByItself(Service service) {
    return connectedByItself(service.id());
  }

  String connectedByItself(String vpc) {
    String peering =
        Rig.eventually(
            "a request of Peerway for " + vpc,
            () -> rig.sight().peeringsOf(vpc).stream().findFirst());
    EndedExecution execution = of(peering);
    if (!execution.status().equals("SUCCEEDED")) {
      throw new AssertionError(execution.toString());
    }
    return peering;
  }

  /** The end of the only execution that works on this peering connection. */
  EndedExecution of(String peering) {
    return ended(
        Rig.eventually("an execution for " + peering, () -> arns(peering).stream().findFirst()));
  }

  /** Of all executions of connect for this peering connection. */
  List<String> arns(String peering) {
    return arns("ConnectStateMachineArn", peering);
  }

  /** The end of the only execution of disconnect for this peering connection. */
  EndedExecution disconnection(String peering) {
    return lastOf("DisconnectStateMachineArn", peering, 1);
  }

  /** The end of the newest execution for this subject, once there are so many. */
  EndedExecution lastOf(String machine, String subject, int executions) {
    return ended(
        Rig.eventually(
            executions + " executions for " + subject,
            () ->
                Optional.of(arns(machine, subject))
                    .filter(arns -> arns.size() >= executions)
                    .map(List::getFirst)));
  }

  /** Of all executions of this machine for this subject, the newest first. */
  List<String> arns(String machine, String subject) {
    return all(machine, subject).map(ExecutionListItem::executionArn).toList();
  }

  private Stream<ExecutionListItem> all(String machine, String subject) {
    return rig
        .stepFunctions()
        .listExecutions(r -> r.stateMachineArn(rig.output(machine)))
        .executions()
        .stream()
        .filter(each -> each.name().startsWith(subject));
  }

  /** Somebody has looked at this account, and nobody does now. */
  boolean nothingLooksAt(String account) {
    List<ExecutionStatus> looks =
        all("LookAtAccountStateMachineArn", account).map(ExecutionListItem::status).toList();
    return !looks.isEmpty() && !looks.contains(ExecutionStatus.RUNNING);
  }

  /** How many executions there have been, of all workflows. */
  int ever() {
    return MACHINES.stream().mapToInt(machine -> arns(machine, "").size()).sum();
  }

  boolean nothingRuns() {
    return MACHINES.stream()
        .allMatch(
            machine ->
                rig.stepFunctions()
                    .listExecutions(
                        r -> r.stateMachineArn(rig.output(machine)).statusFilter("RUNNING"))
                    .executions()
                    .isEmpty());
  }

  /** Starts {@code connect} once more, as an operator would. */
  EndedExecution startAgain(String peering) {
    return startAgain("ConnectStateMachineArn", peering);
  }

  /** Starts a workflow for a peering connection once more. */
  EndedExecution startAgain(String machine, String peering) {
    return start(machine, peering, Map.of("peeringId", peering, "region", Rig.HUB_REGION));
  }

  /** Runs a workflow to its end, started by hand. */
  EndedExecution start(String machine, String subject, Map<String, ?> input) {
    return ended(started(machine, subject + "-again", input));
  }

  private String started(String machine, String name, Map<String, ?> input) {
    try {
      return rig.stepFunctions()
          .startExecution(
              StartExecutionRequest.builder()
                  .stateMachineArn(rig.output(machine))
                  .name(name + "-" + System.nanoTime())
                  .input(Rig.JSON.writeValueAsString(input))
                  .build())
          .executionArn();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs {@code reconcile} to its end.
   *
   * @param output what it answers; nothing where it failed
   */
  record Reconciled(EndedExecution execution, JsonNode output) {
    List<String> lines(String list) {
      return output.path(list).valueStream().map(JsonNode::asText).toList();
    }
  }

  Reconciled reconcile(Map<String, ?> input) {
    String arn = started("ReconcileStateMachineArn", "reconcile", input);
    try {
      EndedExecution execution = ended(arn);
      @Nullable String output =
          rig.stepFunctions().describeExecution(r -> r.executionArn(arn)).output();
      return new Reconciled(execution, Rig.JSON.readTree(output == null ? "" : output));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an Express workflow answers whoever waits for it. */
  JsonNode startAndWait(String machine, Map<String, ?> input) {
    rig.ask("/settle", Map.of());
    try {
      String question = Rig.JSON.writeValueAsString(input);
      StartSyncExecutionResponse ended =
          rig.stepFunctions()
              .startSyncExecution(r -> r.stateMachineArn(rig.output(machine)).input(question));
      if (ended.status() != SyncExecutionStatus.SUCCEEDED) {
        throw new AssertionError(ended.toString());
      }
      return Rig.JSON.readTree(ended.output());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the console's Redrive does. */
  EndedExecution redrive(EndedExecution failed) {
    return ended(rig.ask("/redrive", Map.of("execution", failed.arn())).asText());
  }

  /** How an execution has ended, once it has. */
  EndedExecution ended(String arn) {
    return Rig.eventually(
        "the end of " + arn,
        () -> {
          var now = rig.stepFunctions().describeExecution(r -> r.executionArn(arn));
          return now.statusAsString().equals("RUNNING")
              ? Optional.empty()
              : Optional.of(
                  new EndedExecution(arn, now.statusAsString(), now.error(), now.cause()));
        });
  }
}
