package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.RefusedByAws;
import io.peerway.testing.Samples;
import org.junit.jupiter.api.Test;

class StepFunctionsWorkflowsTest extends AwsTest {

  private static final String NAME = "pcx-0a1b2c3d4e5f60718-event";

  @Test
  void an_execution_is_told_nothing_but_where_to_look() {
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":1.7E9}");
    assertThat(start()).isTrue();
    assertThat(last().body())
        .contains("\"stateMachineArn\":\"" + ENVIRONMENT.get("CONNECT_ARN") + "\"")
        .contains("\"name\":\"" + NAME + "\"")
        .contains("\"input\":\"{\\\"peeringId\\\":\\\"pcx-0a1b2c3d4e5f60718\\\"}\"");
    assertThat(last().header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void a_name_that_was_used_starts_nothing() {
    aws.answers("StartExecution", 400, "{\"__type\":\"ExecutionAlreadyExists\"}");
    assertThat(start()).isFalse();
  }

  @Test
  void another_refusal_is_a_failure() {
    aws.answers("StartExecution", 400, "{\"__type\":\"StateMachineDeleting\"}");
    assertThatExceptionOfType(RefusedByAws.class)
        .isThrownBy(this::start)
        .withMessageContainingAll("pcx-0a1b2c3d4e5f60718", "StateMachineDeleting");
  }

  private boolean start() {
    return clients.workflows().startConnect(Samples.PEERING, NAME);
  }
}
