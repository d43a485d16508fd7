package io.peerway.plan.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.events.HubEvent.Ignored;
import io.peerway.plan.events.HubEvent.Look;
import io.peerway.plan.events.HubEvent.LookIfVpn;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubEventTest {
  private static final String CLOUDTRAIL = "AWS API Call via CloudTrail";
  private static final String INSTANCE = "i-0cccccccccccccccc";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AssociateVpcCidrBlock",
        "DisassociateVpcCidrBlock",
        "CreateRouteTable",
        "CreateTags",
        "DeleteTags"
      })
  void a_change_of_the_hub_vpc_says_to_look_at_every_connection(String name) {
    assertThat(called(name, Map.of())).isEqualTo(new Look());
  }

  @Test
  void another_call_asks_for_nothing_and_is_named() {
    assertThat(called("CreateSubnet", Map.of()))
        .isEqualTo(new Ignored("event CreateSubnet asks for nothing"));
    assertThat(HubEvent.of("aws.ec2", CLOUDTRAIL, Map.of()))
        .isEqualTo(new Ignored("event  asks for nothing"));
  }

  @Test
  void a_call_that_failed_has_changed_nothing() {
    assertThat(called("CreateRouteTable", Map.of("errorCode", "UnauthorizedOperation")))
        .isEqualTo(new Ignored("the API call failed: UnauthorizedOperation"));
  }

  @Test
  void a_call_of_our_own_says_nothing_new() {
    assertThat(
            called(
                "CreateTags", Map.of("userAgent", "aws-sdk-java/2 peerway/pcx-0a1b2c3d4e5f60718")))
        .isEqualTo(new Ignored("made by Peerway itself"));
    assertThat(called("CreateTags", Map.of("userAgent", "terraform-peerway")))
        .isEqualTo(new Look());
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "terminated"})
  void an_instance_that_comes_or_goes_may_be_a_vpn_instance(String state) {
    assertThat(stateOf(INSTANCE, state)).isEqualTo(new LookIfVpn(new InstanceId(INSTANCE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "stopping", "stopped", "shutting-down"})
  void an_instance_that_keeps_its_address_asks_for_nothing(String state) {
    assertThat(stateOf(INSTANCE, state)).isEqualTo(new Ignored(INSTANCE + " is " + state));
  }

  @Test
  void an_instance_of_another_form_is_refused_with_the_field() {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> stateOf("vpc-0aaaaaaaaaaaaaaaa", "running"))
        .withMessageContaining("detail.instance-id");
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> HubEvent.of("aws.ec2", HubEvent.STATE_CHANGE, Map.of("state", "running")))
        .withMessageContaining("detail.instance-id");
  }

  @Test
  void what_is_not_of_ec2_or_says_nothing_is_ignored() {
    Map<String, String> change = Map.of("eventName", "CreateTags");
    assertThat(HubEvent.of("aws.ssm", CLOUDTRAIL, change))
        .isEqualTo(new Ignored("not of EC2: source aws.ssm"));
    assertThat(HubEvent.of(null, CLOUDTRAIL, change))
        .isEqualTo(new Ignored("not of EC2: source (none)"));
    assertThat(HubEvent.of("aws.ec2", CLOUDTRAIL, null)).isInstanceOf(Ignored.class);
  }

  @Test
  void a_hostile_value_is_told_in_one_short_line() {
    HubEvent event = called("a\n" + "b".repeat(5000), Map.of());
    assertThat(event)
        .isInstanceOfSatisfying(
            Ignored.class,
            ignored -> assertThat(ignored.reason()).hasSizeLessThan(200).doesNotContain("\n"));
  }

  private static HubEvent called(String name, Map<String, String> more) {
    Map<String, String> detail = new HashMap<>(more);
    detail.put("eventName", name);
    return HubEvent.of("aws.ec2", CLOUDTRAIL, detail);
  }

  private static HubEvent stateOf(String instance, String state) {
    return HubEvent.of(
        "aws.ec2", HubEvent.STATE_CHANGE, Map.of("instance-id", instance, "state", state));
  }
}
