package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.functions.Invoked;
import io.peerway.functions.TestContext;
import io.peerway.model.error.MalformedEvent;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEventHandlerTest {

  private static final String CREATED =
      """
      {'version': '0', 'id': '7b2c0000-0000-4000-8000-000000000001', 'source': 'aws.organizations',
       'detail-type': 'AWS Service Event via CloudTrail', 'account': '999999999999',
       'time': '2026-11-23T08:00:00Z', 'region': 'us-east-1', 'resources': [],
       'detail': {'eventName': 'CreateAccountResult', 'serviceEventDetails': {'createAccountStatus':
         {'state': 'SUCCEEDED', 'accountId': '210987654321', 'accountName': 'orders',
          'requestedTimestamp': 'Nov 23, 2026 8:00:00 AM'}}}}""";

  private final FakeWorkflows workflows = new FakeWorkflows();

  @Test
  void a_new_account_is_looked_at_once_however_often_it_is_announced() {
    String name = "210987654321-7b2c0000-0000-4000-8000-000000000001";
    assertThat(handle(CREATED))
        .isEqualTo(Map.of("outcome", "started", "workflow", "look-at-account", "execution", name));
    assertThat(handle(CREATED)).containsEntry("outcome", "repeated");
    assertThat(workflows.started()).containsExactly("look-at-account " + name);
    assertThat(workflows.looks()).first().matches(look -> look.arrived());
  }

  @Test
  void two_events_about_one_account_are_two_looks() {
    handle(CREATED);
    assertThat(handle(CREATED.replace("000000000001", "000000000002")))
        .containsEntry("outcome", "started");
    assertThat(workflows.started()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws.organizations | aws.ec2",
        "CreateAccountResult | CreatePolicy",
        "SUCCEEDED | FAILED",
        "'eventName' | 'errorCode': 'AccessDenied', 'eventName'"
      })
  void what_asks_for_nothing_is_ignored_with_a_reason(String said, String instead) {
    Map<String, String> answer = handle(CREATED.replace(said, instead));
    assertThat(answer).containsEntry("outcome", "ignored");
    assertThat(answer.get("reason")).isNotBlank();
    assertThat(workflows.started()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "", "21098765432x", "arn:aws:iam::210987654321:root"})
  void an_account_of_another_form_is_malformed(String account) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> handle(CREATED.replace("'210987654321'", "'" + account + "'")))
        .withMessageContaining("createAccountStatus.accountId");
    assertThat(workflows.started()).isEmpty();
  }

  @Test
  void an_event_without_an_id_is_malformed() {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> handle(CREATED.replace("'7b2c0000-0000-4000-8000-000000000001'", "null")))
        .withMessageContaining("id of the event");
  }

  private Map<String, String> handle(String event) {
    ScheduledEvent read = Invoked.event(event);
    return new AccountEventHandler(FakeAws.with(World.sample()).workflows(workflows).aws())
        .handleRequest(read, new TestContext());
  }
}
