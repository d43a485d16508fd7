package io.peerway.aws;

import io.peerway.model.port.HubNetwork;
import io.peerway.testing.CannedAws;
import io.peerway.testing.Samples;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The real clients in front of an endpoint that gives prepared answers. */
abstract class AwsTest {

  private static final Map<String, String> PROPERTIES =
      Map.of("aws.accessKeyId", "AKIAHUB", "aws.secretAccessKey", "secret");

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "eu-west-1",
          "HUB_VPC_ID", "vpc-0aaaaaaaaaaaaaaaa",
          "SERVICE_ROLE_NAME", "peerway-service",
          "EXTERNAL_ID", "shared-word",
          "NAT_DOCUMENT", "peerway-nat",
          "PROBE_DOCUMENT", "peerway-probe",
          "RECONCILE_MODE", "plan",
          "CONNECT_ARN", "arn:aws:states:eu-west-1:123456789012:stateMachine:connect");

  static final String DONE = "<Response><return>true</return></Response>";

  CannedAws aws;
  AwsClients clients;

  @BeforeEach
  void open() throws IOException {
    aws = new CannedAws();
    PROPERTIES.forEach(System::setProperty);
    System.setProperty("aws.endpointUrl", aws.endpoint());
    clients = new AwsClients(ENVIRONMENT);
  }

  @AfterEach
  void close() {
    aws.close();
    PROPERTIES.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrl");
  }

  HubNetwork hub() {
    return clients.hub().apply(Samples.PEERING);
  }

  /** The last request that arrived. */
  CannedAws.Request last() {
    return aws.requests().getLast();
  }

  /** EC2 lists an active peering connection, and a next page unless {@code next} is empty. */
  void peerings(String id, String next) {
    String side =
        "<ownerId>123456789012</ownerId><vpcId>vpc-0aaaaaaaaaaaaaaaa</vpcId><region>eu-west-1</region>";
    aws.answers(
        "DescribeVpcPeeringConnections",
        listing(
            "vpcPeeringConnectionSet",
            item(
                ("<vpcPeeringConnectionId>%s</vpcPeeringConnectionId>"
                        + "<status><code>active</code></status>"
                        + "<requesterVpcInfo>%s</requesterVpcInfo><accepterVpcInfo>%s</accepterVpcInfo>")
                    .formatted(id, side, side)),
            next));
  }

  /** An EC2 listing with its items, and a token for the next page unless that is empty. */
  static String listing(String set, String items, String next) {
    return "<Response><%s>%s</%s>%s</Response>"
        .formatted(set, items, set, next.isEmpty() ? "" : "<nextToken>" + next + "</nextToken>");
  }

  static String item(String content) {
    return "<item>" + content + "</item>";
  }

  static String refusal(String code, String message) {
    return "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>"
        .formatted(code, message);
  }

  void refuses(String operation, String code) {
    aws.answers(operation, 400, refusal(code, "in words"));
  }
}
