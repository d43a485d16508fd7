package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.functions.TestContext;
import io.peerway.model.value.InstanceId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeEventQueue;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubEventHandlerTest {

  private static final String RUNNING =
      """
      {'version': '0', 'id': '7b2c0000-0000-4000-8000-000000000001', 'source': 'aws.ec2',
       'detail-type': 'EC2 Instance State-change Notification', 'account': '123456789012',
       'time': '2026-11-23T08:00:00Z', 'region': 'eu-west-1', 'resources': [],
       'detail': {'instance-id': 'i-0cccccccccccccccc', 'state': 'running'}}\
      """;

  private static final String CALL =
      """
      {'version': '0', 'id': '7b2c0000-0000-4000-8000-000000000002', 'source': 'aws.ec2',
       'detail-type': 'AWS API Call via CloudTrail', 'account': '123456789012',
       'time': '2026-11-23T08:00:00Z', 'region': 'eu-west-1', 'resources': [],
       'detail': {'eventName': 'CreateRouteTable', 'userAgent': 'aws-cli',
         'requestParameters': {'vpcId': 'vpc-0aaaaaaaaaaaaaaaa'}}}\
      """;

  private final Batches.Hand clock = new Batches.Hand(Instant.parse("2026-11-29T12:00:30Z"));
  private final World world = World.sample();
  private final FakeWorkflows workflows = new FakeWorkflows(clock);
  private final FakeEventQueue queue = new FakeEventQueue();

  @Test
  void a_vpn_instance_that_boots_has_every_connection_looked_at_once_it_takes_commands() {
    world.addVpnInstance(new InstanceId("i-0cccccccccccccccc"));
    handle(RUNNING, RUNNING);
    assertThat(workflows.started())
        .containsExactly("reconcile all-connections-later-1795953600-0 after 90");
    assertThat(queue.held()).isEmpty();
  }

  @Test
  void another_instance_is_nobodys_business() {
    handle(RUNNING);
    assertThat(workflows.started()).isEmpty();
  }

  @Test
  void a_burst_has_every_connection_looked_at_three_times_in_a_minute_and_once_more_after_it() {
    for (int second = 0; second < 30; second++) {
      handle(CALL, CALL, CALL);
      clock.goesOn(Duration.ofSeconds(1));
    }
    assertThat(workflows.started()).hasSize(2);
    assertThat(queue.held()).hasSize(28);
    clock.goesOn(Duration.ofSeconds(10));
    handle(queue.taken().stream().map(FakeEventQueue.Held::message).toArray(String[]::new));
    assertThat(workflows.started()).hasSize(3);
    assertThat(queue.held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "stopping", "stopped", "shutting-down", ""})
  void a_state_that_changes_nothing_is_ignored_without_a_call(String state) {
    handle(RUNNING.replace("'running'", "'" + state + "'"));
    assertThat(workflows.started()).isEmpty();
    assertThat(world.transcript().lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AssociateVpcCidrBlock",
        "DisassociateVpcCidrBlock",
        "CreateRouteTable",
        "CreateTags",
        "DeleteTags"
      })
  void a_change_of_the_hub_vpc_has_every_connection_looked_at_at_once(String name) {
    handle(CALL.replace("CreateRouteTable", name));
    assertThat(workflows.started()).containsExactly("reconcile all-connections-1795953600-0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CreateRouteTable | CreateSubnet",
        "aws-cli | aws-sdk-java/2 peerway/pcx-0a1b2c3d4e5f60718",
        "'aws.ec2' | 'aws.ssm'",
        "'eventName' | 'errorCode': 'UnauthorizedOperation', 'eventName'"
      })
  void what_asks_for_nothing_is_ignored(String said, String instead) {
    handle(CALL.replace(said, instead));
    assertThat(workflows.started()).isEmpty();
    assertThat(queue.aside()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "i-", "i-0CCCCCCCC", "vpc-0aaaaaaaaaaaaaaaa"})
  void an_instance_of_another_form_is_put_aside(String id) {
    handle(RUNNING.replace("i-0cccccccccccccccc", id));
    assertThat(queue.reasons()).singleElement().asString().contains("detail.instance-id");
  }

  private void handle(String... events) {
    String[] bodies =
        Stream.of(events).map(event -> event.replace('\'', '"')).toArray(String[]::new);
    assertThat(
            new HubEventHandler(
                    Batches.TURNS,
                    FakeAws.with(world).workflows(workflows).queue(queue).clock(clock).aws())
                .handleRequest(Batches.of(bodies), new TestContext())
                .getBatchItemFailures())
        .isEmpty();
  }
}
