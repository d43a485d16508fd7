package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.InstanceId;
import io.peerway.model.error.MalformedEvent;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.World;
import java.util.Map;
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
       'detail': {'instance-id': 'i-0cccccccccccccccc', 'state': 'running'}}""";

  private static final String CALL =
      """
      {'version': '0', 'id': '7b2c0000-0000-4000-8000-000000000002', 'source': 'aws.ec2',
       'detail-type': 'AWS API Call via CloudTrail', 'account': '123456789012',
       'time': '2026-11-23T08:00:00Z', 'region': 'eu-west-1', 'resources': [],
       'detail': {'eventName': 'CreateRouteTable', 'userAgent': 'aws-cli',
         'requestParameters': {'vpcId': 'vpc-0aaaaaaaaaaaaaaaa'}}}""";

  private final World world = World.sample();
  private final FakeWorkflows workflows = new FakeWorkflows();

  @Test
  void a_vpn_instance_that_boots_has_every_connection_looked_at_once_it_takes_commands() {
    world.addVpnInstance(new InstanceId("i-0cccccccccccccccc"));
    String name = "all-connections-7b2c0000-0000-4000-8000-000000000001";
    assertThat(handle(RUNNING))
        .isEqualTo(Map.of("outcome", "started", "workflow", "reconcile", "execution", name));
    assertThat(handle(RUNNING)).containsEntry("outcome", "repeated");
    assertThat(workflows.started()).containsExactly("reconcile " + name + " after 90");
  }

  @Test
  void another_instance_is_nobodys_business() {
    assertThat(handle(RUNNING))
        .containsEntry("outcome", "ignored")
        .containsEntry("reason", "i-0cccccccccccccccc is no VPN instance");
    assertThat(workflows.started()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "stopping", "stopped", "shutting-down", ""})
  void a_state_that_changes_nothing_is_ignored_without_a_call(String state) {
    assertThat(handle(RUNNING.replace("'running'", "'" + state + "'")))
        .containsEntry("outcome", "ignored");
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
    assertThat(handle(CALL.replace("CreateRouteTable", name))).containsEntry("outcome", "started");
    assertThat(workflows.started())
        .containsExactly("reconcile all-connections-7b2c0000-0000-4000-8000-000000000002");
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
  void what_asks_for_nothing_is_ignored_with_a_reason(String said, String instead) {
    Map<String, String> answer = handle(CALL.replace(said, instead));
    assertThat(answer).containsEntry("outcome", "ignored");
    assertThat(answer.get("reason")).isNotBlank();
    assertThat(workflows.started()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "i-", "i-0CCCCCCCC", "vpc-0aaaaaaaaaaaaaaaa"})
  void an_instance_of_another_form_is_malformed(String id) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> handle(RUNNING.replace("i-0cccccccccccccccc", id)))
        .withMessageContaining("detail.instance-id");
  }

  private Map<String, String> handle(String event) {
    return new HubEventHandler(world.hub(), workflows)
        .handleRequest(Invoked.event(event), new TestContext());
  }
}
