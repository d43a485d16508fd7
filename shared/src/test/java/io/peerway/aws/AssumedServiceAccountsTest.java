package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Denied;
import io.peerway.model.port.Network;
import io.peerway.model.value.Region;
import io.peerway.testing.CannedAws;
import io.peerway.testing.Samples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssumedServiceAccountsTest extends AwsTest {

  private static final String ISSUED =
      """
      <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIASERVICE</AccessKeyId>
      <SecretAccessKey>secret</SecretAccessKey><SessionToken>token-of-the-session</SessionToken>
      <Expiration>2036-11-23T12:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
      """;
  private static final String NOTHING = "<Response><vpcSet/></Response>";

  @Test
  void the_role_is_assumed_with_the_external_id_and_a_session_named_after_the_connection() {
    aws.answers("AssumeRole", ISSUED);
    aws.answers("DescribeVpcs", NOTHING);
    service("eu-west-1").vpc(Samples.SERVICE_VPC);
    CannedAws.Request assume = aws.requests().getFirst();
    assertThat(assume.form())
        .isEqualTo(
            Map.of(
                "RoleArn", "arn:aws:iam::210987654321:role/peerway-service",
                "RoleSessionName", "pcx-0a1b2c3d4e5f60718",
                "ExternalId", "shared-word",
                "DurationSeconds", "900"));
    assertThat(assume.header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void calls_are_made_with_the_session_in_the_services_region() {
    aws.answers("AssumeRole", ISSUED);
    aws.answers("DescribeVpcs", NOTHING);
    service("eu-north-1").vpc(Samples.SERVICE_VPC);
    assertThat(last().header("Authorization"))
        .contains("Credential=ASIASERVICE/")
        .contains("/eu-north-1/ec2/");
    assertThat(last().header("X-Amz-Security-Token")).isEqualTo("token-of-the-session");
  }

  @Test
  void nothing_is_assumed_before_the_first_call_and_once_for_all_of_them() {
    Network service = service("eu-west-1");
    assertThat(aws.requests()).isEmpty();
    aws.answers("AssumeRole", ISSUED);
    aws.answers("DescribeVpcs", NOTHING);
    aws.answers("DescribeVpcs", NOTHING);
    service.vpc(Samples.SERVICE_VPC);
    service.vpc(Samples.SERVICE_VPC);
    assertThat(aws.requests())
        .extracting(CannedAws.Request::operation)
        .containsExactly("AssumeRole", "DescribeVpcs", "DescribeVpcs");
  }

  @Test
  void several_regions_share_one_session() {
    var networks = clients.serviceAccounts().networks(Samples.SERVICE_ACCOUNT, Samples.PEERING);
    aws.answers("AssumeRole", ISSUED);
    aws.answers("DescribeVpcs", NOTHING);
    aws.answers("DescribeVpcs", NOTHING);
    networks.apply(new Region("eu-west-1")).vpc(Samples.SERVICE_VPC);
    networks.apply(new Region("eu-north-1")).vpc(Samples.SERVICE_VPC);
    assertThat(aws.requests())
        .extracting(CannedAws.Request::operation)
        .containsExactly("AssumeRole", "DescribeVpcs", "DescribeVpcs");
    assertThat(last().header("Authorization"))
        .contains("Credential=ASIASERVICE/")
        .contains("/eu-north-1/ec2/");
  }

  @Test
  void a_role_that_may_not_be_assumed_is_asked_for_once_for_all_regions() {
    var networks = clients.serviceAccounts().networks(Samples.SERVICE_ACCOUNT, Samples.PEERING);
    aws.answers(
        "AssumeRole",
        403,
        "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>");
    for (String region : List.of("eu-west-1", "eu-north-1")) {
      assertThatExceptionOfType(Denied.class)
          .isThrownBy(() -> networks.apply(new Region(region)).vpc(Samples.SERVICE_VPC));
    }
    assertThat(aws.requests()).hasSize(1);
  }

  @Test
  void a_missing_role_says_what_to_deploy_where() {
    aws.answers(
        "AssumeRole",
        403,
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error>"
            + "</ErrorResponse>");
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(() -> service("eu-west-1").vpc(Samples.SERVICE_VPC))
        .withMessageContainingAll(
            "pcx-0a1b2c3d4e5f60718",
            "arn:aws:iam::210987654321:role/peerway-service",
            "stacks/service-account.yaml",
            "redrive");
  }

  // Over the wire, because the HTTP client hides the body of a 401.
  @Test
  void a_region_that_the_account_has_not_enabled_denies() {
    aws.answers("AssumeRole", ISSUED);
    aws.answers(
        "DescribeVpcs",
        401,
        "<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate the"
            + " provided access credentials</Message></Error></Errors></Response>");
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(() -> service("ap-east-1").vpcs())
        .withMessageContainingAll("210987654321", "AuthFailure", "credentials");
  }

  @Test
  void a_region_that_is_newer_than_the_sdk_has_a_partition() {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("AWS_REGION", "cn-future-9");
    clients = new AwsClients(environment);
    aws.answers("AssumeRole", ISSUED);
    aws.answers("DescribeVpcs", NOTHING);
    service("cn-future-9").vpc(Samples.SERVICE_VPC);
    assertThat(aws.requests().getFirst().form().get("RoleArn")).startsWith("arn:aws-cn:iam::");
  }

  @Test
  void a_warm_function_does_not_gather_threads() {
    long before = sdkThreads();
    for (int connection = 0; connection < 5; connection++) {
      aws.answers("AssumeRole", ISSUED);
      aws.answers("DescribeVpcs", NOTHING);
      service("eu-west-1").vpc(Samples.SERVICE_VPC);
    }
    assertThat(sdkThreads()).isEqualTo(before);
  }

  private static long sdkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("sdk-"))
        .count();
  }

  private Network service(String region) {
    return clients
        .serviceAccounts()
        .network(Samples.SERVICE_ACCOUNT, new Region(region), Samples.PEERING);
  }
}
