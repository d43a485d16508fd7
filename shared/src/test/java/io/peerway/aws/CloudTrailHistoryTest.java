package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Denied;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.value.Region;
import io.peerway.testing.Samples;
import org.junit.jupiter.api.Test;

class CloudTrailHistoryTest extends AwsTest {

  @Test
  void the_latest_records_about_one_resource_are_asked_for_and_come_as_they_are() {
    aws.answers(
        "LookupEvents",
        """
        {"Events": [{"EventName": "DeleteRoute", "CloudTrailEvent": "{\\"a\\":1}"},
         {"EventName": "CreateRoute"}, {"EventName": "CreateRoute", "CloudTrailEvent": "{}"}],
         "NextToken": "more"}
        """);
    assertThat(clients.hubEvents().apply(Samples.PEERING).about("rtb-00000001"))
        .containsExactly("{\"a\":1}", "{}");
    assertThat(aws.requests()).hasSize(1);
    assertThat(last().body())
        .contains(
            "\"AttributeKey\":\"ResourceName\"",
            "\"AttributeValue\":\"rtb-00000001\"",
            "\"MaxResults\":50");
    assertThat(last().header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
    assertThat(last().header("Authorization")).contains("/eu-west-1/cloudtrail/");
  }

  @Test
  void a_service_account_is_asked_with_the_session_that_it_was_entered_with() {
    aws.answers(
        "AssumeRole",
        """
        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIASERVICE</AccessKeyId>
        <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
        <Expiration>2036-11-23T12:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """);
    aws.answers("DescribeVpcs", "<Response><vpcSet/></Response>");
    aws.answers("LookupEvents", "{\"Events\": []}");
    var session = clients.serviceAccounts().session(Samples.SERVICE_ACCOUNT, Samples.PEERING);
    session.network(new Region("eu-west-1")).vpcs();
    assertThat(session.events(new Region("eu-north-1")).about("rtb-00000001")).isEmpty();
    assertThat(aws.asked()).containsExactly("AssumeRole", "DescribeVpcs", "LookupEvents");
    assertThat(aws.requests()).hasSize(3);
    assertThat(last().header("Authorization"))
        .contains("Credential=ASIASERVICE/", "/eu-north-1/cloudtrail/");
  }

  @Test
  void a_refusal_has_its_name() {
    aws.answers("LookupEvents", 400, "{\"__type\":\"AccessDeniedException\"}");
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(() -> clients.hubEvents().apply(Samples.PEERING).about("rtb-00000001"))
        .withMessageContaining("look up the events about rtb-00000001 in account hub");
  }

  @Test
  void a_history_that_is_busy_holds_nobody_up() {
    for (int time = 0; time < 3; time++) {
      aws.answers("LookupEvents", 400, "{\"__type\":\"ThrottlingException\"}");
    }
    // Whichever comes first: the last attempt, or the end of the time for all of them.
    assertThatExceptionOfType(PeerwayException.class)
        .isThrownBy(() -> clients.hubEvents().apply(Samples.PEERING).about("rtb-00000001"))
        .isInstanceOfAny(Throttled.class, Unavailable.class);
    assertThat(aws.requests()).hasSizeLessThanOrEqualTo(3);
  }
}
