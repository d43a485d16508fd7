package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SsmVpnInstancesTest extends AwsTest {

  @Test
  void the_whole_set_goes_to_every_instance_with_the_tag() {
    send(new NatSet(Cidr.list("172.168.0.0/24"), Samples.SERVICE_CIDRS, 1_732_341_234_567L));
    assertThat(last().body())
        .contains("\"DocumentName\":\"peerway-nat\"")
        .contains("\"Targets\":[{\"Key\":\"tag:peerway:role\",\"Values\":[\"vpn\"]}]")
        .contains("\"Services\":[\"10.110.0.0/16,10.120.0.0/24\"]")
        .contains("\"Unclaimed\":[\"none\"]")
        .contains("\"Clients\":[\"172.168.0.0/24\"]")
        .contains("\"Generation\":[\"1732341234567\"]")
        .doesNotContain("InstanceIds");
    assertThat(last().header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void the_empty_set_is_a_word_so_that_nothing_sent_by_mistake_empties_it() {
    send(new NatSet(Cidr.list("172.168.0.0/24"), List.of(), 1));
    assertThat(last().body()).contains("\"Services\":[\"none\"]");
  }

  @Test
  void what_has_lost_its_claim_goes_along_apart() {
    send(new NatSet(Cidr.list("172.168.0.0/24"), List.of(), Samples.SERVICE_CIDRS, 1));
    assertThat(last().body())
        .contains("\"Services\":[\"none\"]")
        .contains("\"Unclaimed\":[\"10.110.0.0/16,10.120.0.0/24\"]");
  }

  @Test
  void every_page_of_answers_is_read_with_its_output() {
    String page =
        """
        {"CommandInvocations":[{"InstanceId":"i-%d","Status":"%s","CommandPlugins":[%s]}]%s}
        """;
    aws.answers(
        "ListCommandInvocations",
        page.formatted(1, "Success", "{\"Output\":\"one\"},{}", ",\"NextToken\":\"more\""));
    aws.answers("ListCommandInvocations", page.formatted(2, "Pending", "", ""));
    assertThat(clients.vpnInstances().answers("c-1", Samples.PEERING))
        .isEqualTo(
            new SentCommand(
                "c-1",
                List.of(new Answer("i-1", "Success", "one"), new Answer("i-2", "Pending", ""))));
    assertThat(last().body()).contains("\"Details\":true", "\"NextToken\":\"more\"");
  }

  @Test
  void a_command_that_is_not_known_yet_has_no_answers_yet() {
    aws.answers("ListCommandInvocations", 400, "{\"__type\":\"InvalidCommandId\"}");
    assertThat(clients.vpnInstances().answers("c-1", Samples.PEERING).answers()).isEmpty();
  }

  @Test
  void a_question_is_sent_by_the_mode_that_changes_nothing() {
    send(new NatSet(Cidr.list("172.168.0.0/24"), List.of(), 1));
    assertThat(last().body()).contains("\"Mode\":[\"apply\"]");
    aws.answers("SendCommand", "{\"Command\":{\"CommandId\":\"c-2\"}}");
    NatSet set = new NatSet(Cidr.list("172.168.0.0/24"), Cidr.list("10.110.0.0/16"), 1);
    assertThat(clients.vpnInstances().ask(set, new AllConnections())).isEqualTo("c-2");
    assertThat(last().body()).contains("\"Mode\":[\"report\"]");
    assertThat(last().header("User-Agent")).contains("peerway/all-connections");
  }

  @Test
  void a_try_is_sent_as_values_of_its_own_document() {
    aws.answers("SendCommand", "{\"Command\":{\"CommandId\":\"c-3\"}}");
    Cidr address = Cidr.ofAddress("10.110.0.10");
    assertThat(
            clients
                .vpnInstances()
                .probe(address, new Port.Range(Port.Protocol.TCP, 443, 443), Samples.PEERING))
        .isEqualTo("c-3");
    assertThat(last().body())
        .contains(
            "\"DocumentName\":\"peerway-probe\"",
            "\"Address\":[\"10.110.0.10\"]",
            "\"Protocol\":[\"tcp\"]",
            "\"Port\":[\"443\"]",
            "\"Key\":\"tag:peerway:role\"");
    aws.answers("SendCommand", "{\"Command\":{\"CommandId\":\"c-4\"}}");
    clients.vpnInstances().probe(address, new Port.Icmp(), Samples.PEERING);
    assertThat(last().body()).contains("\"Protocol\":[\"icmp\"]");
    aws.answers("SendCommand", "{\"Command\":{\"CommandId\":\"c-5\"}}");
    clients
        .vpnInstances()
        .probe(address, new Port.Range(Port.Protocol.UDP, 53, 53), Samples.PEERING);
    assertThat(last().body()).contains("\"Protocol\":[\"udp\"]", "\"Port\":[\"53\"]");
  }

  @Test
  void tries_that_were_sent_before_and_have_not_ended_are_counted() {
    String command = "{\"CommandId\":\"%s\",\"Status\":\"%s\",\"RequestedDateTime\":%s}";
    aws.answers(
        "ListCommands",
        "{\"Commands\":[%s]}"
            .formatted(
                String.join(
                    ",",
                    command.formatted("later", "Pending", "1000000003"),
                    command.formatted("mine", "InProgress", "1000000002"),
                    command.formatted("a-twin", "Pending", "1000000002"),
                    command.formatted("over", "Success", "1000000001"),
                    command.formatted("before", "InProgress", "1000000001"))));
    assertThat(
            clients
                .vpnInstances()
                .probesBefore("mine", Instant.parse("2026-11-23T08:00:00.5Z"), Samples.PEERING))
        .isEqualTo(2);
    assertThat(last().body())
        .contains(
            "{\"key\":\"DocumentName\",\"value\":\"peerway-probe\"}",
            "{\"key\":\"InvokedAfter\",\"value\":\"2026-11-23T07:58:00Z\"}");
  }

  private void send(NatSet set) {
    aws.answers("SendCommand", "{\"Command\":{\"CommandId\":\"c-1\"}}");
    assertThat(clients.vpnInstances().send(set, Samples.PEERING)).isEqualTo("c-1");
  }
}
