package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Many events are few executions, and none of them is lost. {@code make bench} sends 2,000. */
@ExtendWith(RigExtension.class)
@DisplayName("A burst of events")
final class BurstScenarios {
  private static final String LOOKS = "LookAtAccountStateMachineArn";

  private final Rig rig;

  BurstScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "200 wrong tags and a right one are a few looks, told a few times, and the right one counts")
  void tags() {
    Service service = rig.service();
    int before = rig.executions().arns(LOOKS, service.account()).size();
    Ec2Client ec2 = rig.ec2(service);
    for (int n = 0; n < 200; n++) {
      tag(ec2, service.id(), "no" + n % 7);
    }
    tag(ec2, service.id(), "true");

    String peering = rig.executions().connectedByItself(service);
    rest();

    assertThat(rig.executions().arns(LOOKS, service.account()))
        .hasSizeBetween(before + 2, before + 12);
    assertThat(rig.sight().told(service.account())).hasSizeLessThanOrEqualTo(6);
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("active");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "one run of Terraform with a tagged VPC, three tables and a tagged group starts two looks and"
          + " two connects at most")
  void terraform() {
    Service service = rig.service(Map.of("instance", false));
    int before = rig.executions().arns(LOOKS, service.account()).size();
    Ec2Client ec2 = rig.ec2(service);
    String vpc =
        ec2.createVpc(
                r ->
                    r.cidrBlock("10.250.0.0/20")
                        .tagSpecifications(tagged(ResourceType.VPC, "peerway:connect", "true")))
            .vpc()
            .vpcId();
    for (int n = 0; n < 3; n++) {
      ec2.createRouteTable(r -> r.vpcId(vpc));
    }
    ec2.createSecurityGroup(
        r ->
            r.vpcId(vpc)
                .groupName("ssh")
                .description("ssh from the VPN")
                .tagSpecifications(tagged(ResourceType.SECURITY_GROUP, "peerway:allow", "tcp/22")));

    String peering = rig.executions().connectedByItself(vpc);
    rest();

    assertThat(rig.executions().arns(LOOKS, service.account()))
        .hasSizeBetween(before + 1, before + 2);
    assertThat(rig.executions().arns(peering)).hasSizeBetween(1, 2);
    // The main table and the three; the hub's.
    assertThat(rig.sight().routesTo(peering)).hasSize(4 + rig.hubRouteTables().size());
  }

  @Test
  @DisplayName("a hundred peering connections that never were start nothing")
  void unknown() {
    Service service = rig.service(Map.of("instance", false));
    for (int n = 0; n < 100; n++) {
      String id = "pcx-0badbadbad%07x".formatted(n);
      rig.events()
          .emit(
              Events.of(
                  service.account(),
                  Map.of(
                      "eventSource",
                      "ec2.amazonaws.com",
                      "eventName",
                      n % 2 == 0 ? "AcceptVpcPeeringConnection" : "DeleteVpcPeeringConnection",
                      "requestParameters",
                      Map.of("vpcPeeringConnectionId", id))));
    }
    rest();
    assertThat(rig.executions().arns("pcx-0badbadbad")).isEmpty();
    assertThat(rig.executions().arns("DisconnectStateMachineArn", "pcx-0badbadbad")).isEmpty();
  }

  @Test
  @DisplayName(
      "a request that is sent and deleted thirty times starts little, and the last one counts")
  void againAndAgain() {
    Service service = rig.service(Map.of("instance", false));
    int before = rig.executions().ever();
    Ec2Client ec2 = rig.ec2(service);
    for (int n = 0; n < 30; n++) {
      String peering = rig.people().request(service);
      ec2.deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    }
    String last = rig.people().request(service);
    assertThat(rig.executions().of(last).status()).isEqualTo("SUCCEEDED");
    rest();
    assertThat(rig.sight().peeringStatus(last)).isEqualTo("active");
    assertThat(rig.executions().ever() - before).isLessThan(20);
  }

  @Test
  @DisplayName("what is no event waits in the dead-letter queue at once, with the reason")
  void noEvent() {
    SqsClient sqs = rig.sqs();
    sqs.sendMessage(
        r -> r.queueUrl(rig.output("VpcEventsUrl")).messageBody("[\"id\", \"no event\"]"));
    Rig.eventually(
        "the message in the dead-letter queue",
        () ->
            sqs
                .receiveMessage(
                    r ->
                        r.queueUrl(rig.output("UndeliveredEventsUrl"))
                            .maxNumberOfMessages(10)
                            .messageAttributeNames("reason")
                            .visibilityTimeout(0))
                .messages()
                .stream()
                .filter(message -> message.body().contains("no event"))
                .flatMap(message -> message.messageAttributes().values().stream())
                .map(MessageAttributeValue::stringValue)
                .filter(reason -> reason.contains("an event expected"))
                .findFirst());
  }

  private void rest() {
    int[] seen = {-1};
    Rig.eventually(
        "the end of all that was started",
        () -> {
          rig.ask("/settle", Map.of());
          int all = rig.executions().ever();
          boolean rests =
              all == seen[0] && rig.events().waiting() == 0 && rig.executions().nothingRuns();
          seen[0] = all;
          return rests ? Optional.of(true) : Optional.<Boolean>empty();
        });
  }

  private static void tag(Ec2Client ec2, String vpc, String value) {
    ec2.createTags(
        r -> r.resources(vpc).tags(Tag.builder().key("peerway:connect").value(value).build()));
  }

  private static TagSpecification tagged(ResourceType type, String key, String value) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(List.of(Tag.builder().key(key).value(value).build()))
        .build();
  }
}
