package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepFunctionsWorkflowsTest extends AwsTest {

  private static final String NAME = "pcx-0a1b2c3d4e5f60718-event";

  @Test
  void an_execution_is_told_nothing_but_where_to_look() {
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    assertThat(start()).isTrue();
    assertThat(last().body())
        .contains("\"stateMachineArn\":\"" + ENVIRONMENT.get("CONNECT_ARN") + "\"")
        .contains("\"name\":\"" + NAME + "\"")
        .contains(
            "\"input\":\"{\\\"peeringId\\\":\\\"pcx-0a1b2c3d4e5f60718\\\",\\\"freezes\\\":\\\"HEED\\\"}\"");
    assertThat(last().header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void an_account_is_looked_at_with_what_drew_the_attention_there() {
    AccountLook look = AccountLook.at(Samples.SERVICE_ACCOUNT);
    assertThat(inputOf(look)).isEqualTo("{'accountId':'210987654321'}");
    assertThat(inputOf(look.onArrival())).isEqualTo("{'accountId':'210987654321','arrived':true}");
    assertThat(inputOf(look.because(Samples.SERVICE_VPC)))
        .isEqualTo("{'accountId':'210987654321','changed':['vpc-0bbbbbbbbbbbbbbbb']}");
    assertThat(inputOf(look.atEveryConnection()))
        .isEqualTo("{'accountId':'210987654321','throughout':true}");
    assertThat(inputOf(look.afterTheEndOf(Samples.SERVICE_VPC)))
        .isEqualTo("{'accountId':'210987654321','deleted':['vpc-0bbbbbbbbbbbbbbbb']}");
    assertThat(inputOf(look.askedBy(List.of(Samples.SERVICE_VPC, Samples.HUB_VPC))))
        .isEqualTo(
            "{'accountId':'210987654321','tagged':['vpc-0bbbbbbbbbbbbbbbb','vpc-0aaaaaaaaaaaaaaaa']}");
    assertThat(inputOf(AccountLook.afterEvent(Samples.SERVICE_ACCOUNT)))
        .isEqualTo("{'accountId':'210987654321','about':[]}");
    assertThat(inputOf(AccountLook.afterEvent(Samples.SERVICE_ACCOUNT, Samples.SERVICE_VPC)))
        .isEqualTo("{'accountId':'210987654321','about':['vpc-0bbbbbbbbbbbbbbbb']}");
  }

  @Test
  void what_was_removed_and_what_is_held_up_is_in_the_input() {
    AccountLook look =
        AccountLook.afterEvent(Samples.SERVICE_ACCOUNT)
            .afterARemoval()
            .heldUpIn(new VpcId("vpc-0a1b2c3d"));
    assertThat(inputOf(look))
        .isEqualTo(
            "{'accountId':'210987654321','removed':true,'heldUp':['vpc-0a1b2c3d'],'about':[]}");
  }

  @Test
  void reconcile_repairs_or_plans_as_the_settings_have_it() {
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    clients.workflows().startReconcile(NAME, Duration.ofSeconds(90));
    assertThat(lastInput()).isEqualTo("{'mode':'plan','accounts':'connected','after':90}");
  }

  private String inputOf(AccountLook look) {
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    clients.workflows().startLookAtAccount(look, NAME);
    return lastInput();
  }

  private String lastInput() {
    String input =
        last().body().replaceFirst(".*\"input\":\"(.*?[^\\\\])\".*", "$1").replace("\\\"", "'");
    String heeding = ",'freezes':'HEED'}";
    assertThat(input).endsWith(heeding);
    return input.substring(0, input.length() - heeding.length()) + "}";
  }

  @Test
  void a_name_that_was_used_starts_nothing() {
    aws.answers("StartExecution", 400, "{\"__type\":\"ExecutionAlreadyExists\"}");
    assertThat(start()).isFalse();
  }

  @Test
  void one_that_runs_already_with_this_input_is_not_started_now() {
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":1.7E9}");
    assertThat(start()).isFalse();
  }

  @Test
  void an_execution_is_found_by_its_name_with_the_time_it_began() {
    Errand errand = Errand.connect(Samples.PEERING);
    aws.answers(
        "DescribeExecution",
        "{\"executionArn\":\"arn:1\",\"stateMachineArn\":\"arn:0\",\"status\":\"RUNNING\",\"startDate\":1.7E9,\"input\":\"{}\"}");
    assertThat(clients.workflows().begun(errand, NAME))
        .contains(new Workflows.Begun(Instant.ofEpochSecond(1_700_000_000), "{}"));
    assertThat(last().body())
        .contains(
            ENVIRONMENT.get("CONNECT_ARN").replace(":stateMachine:", ":execution:") + ":" + NAME);
    aws.answers("DescribeExecution", 400, "{\"__type\":\"ExecutionDoesNotExist\"}");
    assertThat(clients.workflows().begun(errand, NAME)).isEmpty();
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
