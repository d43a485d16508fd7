package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Some of the ways to break the path; {@code make doctor} tries all. */
@ExtendWith(RigExtension.class)
@DisplayName("Why can't I reach it?")
final class DoctorScenarios {
  private final Rig rig;

  DoctorScenarios(Rig rig) {
    this.rig = rig;
  }

  @AfterEach
  void quiet() {
    rig.ask("/events/lose", Map.of("lost", false));
    rig.events().reconciled();
  }

  @Test
  @DisplayName(
      "of a path that works, asked for by address, instance or connection, nothing is called wrong;"
          + " a port that nobody listens on is told from one that is closed")
  void works() {
    Service service = rig.service();
    String peering = connected(service);
    for (String to : List.of(service.instance().ip(), service.instance().id(), peering)) {
      JsonNode answer = ask(Map.of("to", to));
      assertThat(answer.get("summary").asText())
          .as(answer.toString())
          .isEqualTo("The VPN reaches tcp/22 of " + to + ".");
      assertThat(answer.has("first")).isFalse();
      assertThat(answer.get("hops").valueStream())
          .hasSize(19)
          .allMatch(hop -> hop.get("verdict").asText().equals("RIGHT"));
    }

    JsonNode closed = ask(Map.of("to", service.instance().ip(), "port", 443));
    assertThat(closed.at("/first/at").asText()).isEqualTo("SECURITY_GROUPS");
    rig.ec2(service)
        .authorizeSecurityGroupIngress(
            r ->
                r.groupId(service.instance().securityGroup())
                    .ipProtocol("tcp")
                    .fromPort(443)
                    .toPort(443)
                    .cidrIp(rig.lab().vpnAddress() + "/32"));
    JsonNode silent = ask(Map.of("to", service.instance().ip(), "port", 443));
    assertThat(silent.at("/first/at").asText()).isEqualTo("PROBE");
    assertThat(silent.get("summary").asText())
        .contains("is open, and nothing listens there", "Connection refused");
  }

  @Test
  @DisplayName(
      "a route that somebody deleted is named on either side, with who deleted it, and the command"
          + " of the answer mends it; so is who deleted the peering connection")
  void routes() {
    Service service = rig.service();
    String peering = connected(service);
    rig.ask("/events/lose", Map.of("lost", true));
    RigNetwork network = new RigNetwork(rig);
    Ec2Client ec2 = rig.ec2(service);
    String table = service.routeTables().getFirst();
    String elsewhere = network.middlebox(ec2, service.subnets().getFirst());
    network.routeList(ec2, table, network.prefixList(ec2, "10.254.0.0/24"), elsewhere);
    Ec2Client hub = rig.ec2(Rig.HUB_ACCOUNT);
    String hubTable = rig.hubRouteTables().getFirst();
    String list = network.prefixList(hub, "10.254.0.0/24");
    network.routeList(hub, hubTable, list, network.middlebox(hub, network.hubSubnet()));
    ec2.deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(Rig.HUB_CIDR));

    JsonNode back = ask(Map.of("to", service.instance().ip()));

    assertThat(back.at("/first/at").asText()).isEqualTo("SERVICE_ROUTE");
    assertThat(back.at("/first/changed").asText()).contains(":" + service.account() + ":");
    rig.ec2(Rig.HUB_ACCOUNT)
        .deleteRoute(
            r ->
                r.routeTableId(rig.hubRouteTables().getFirst())
                    .destinationCidrBlock(service.cidr()));

    JsonNode there = ask(Map.of("to", service.instance().ip()));

    assertThat(there.at("/first/at").asText()).isEqualTo("HUB_ROUTE");
    assertThat(there.at("/first/changed").asText()).contains(":" + Rig.HUB_ACCOUNT + ":");
    assertThat(there.at("/first/mend").asText())
        .contains(rig.output("ConnectStateMachineArn"), "{\"peeringId\":\"" + peering + "\"}");
    rig.executions().startAgain(peering);
    assertThat(ask(Map.of("to", service.instance().ip())).has("first")).isFalse();

    ec2.deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    JsonNode over = ask(Map.of("to", peering));
    assertThat(over.at("/first/changed").asText()).contains(":" + service.account() + ":");
    hub.deleteRoute(r -> r.routeTableId(hubTable).destinationPrefixListId(list));
  }

  @Test
  @DisplayName(
      "what the VPN instance does to clients is named though a try from there goes through; where"
          + " the service account cannot be read, its stations are unknown and nothing is wrong")
  void ends() {
    Service service = rig.service();
    String peering = connected(service);
    rig.ask("/events/lose", Map.of("lost", true));
    rig.lab().onMachine(rig.lab().vpnInstance(), "nft", "insert rule ip peerway forward drop");
    JsonNode nat = ask(Map.of("to", service.instance().ip()));
    assertThat(nat.at("/first/at").asText()).isEqualTo("NAT");
    assertThat(nat.get("hops").valueStream())
        .anyMatch(hop -> hop.toString().contains("\"at\":\"PROBE\"") && right(hop));

    rig.people().unequip(service);
    JsonNode unread = ask(Map.of("to", service.instance().ip()));
    assertThat(unread.at("/first/at").asText()).isEqualTo("NAT");
    assertThat(unread.get("hops").valueStream())
        .filteredOn(hop -> hop.get("at").asText().startsWith("SERVICE_"))
        .allMatch(hop -> hop.get("verdict").asText().equals("UNKNOWN"));
    rig.people().equip(service);
    rig.executions().startAgain(peering);
    assertThat(ask(Map.of("to", service.instance().ip())).has("first")).isFalse();
  }

  @Test
  @DisplayName(
      "what is no question, and an address that no service has, is answered with the value; of eight"
          + " questions at once each has an answer")
  void bounded() throws Exception {
    assertThat(ask(Map.of("to", "fd00::1")).get("summary").asText())
        .contains("fd00::1", "IPv4 networks only");
    assertThat(ask(Map.of("to", "8.8.8.8")).get("summary").asText())
        .contains("8.8.8.8 is no address that a service VPC may have");
    assertThat(ask(Map.of("to", "10.77.0.1", "port", "ssh")).get("summary").asText())
        .contains("port: a number from 1 to 65535 expected, got: ssh");
    Service service = rig.service();
    connected(service);
    List<Future<JsonNode>> answers = new ArrayList<>();
    try (ExecutorService people = Executors.newFixedThreadPool(8)) {
      for (int n = 0; n < 8; n++) {
        answers.add(people.submit(() -> ask(Map.of("to", service.instance().ip()))));
      }
      for (Future<JsonNode> answer : answers) {
        assertThat(answer.get().get("summary").asText())
            .matches("The VPN reaches .*|Nothing wrong was found .*");
      }
    }
  }

  private String connected(Service service) {
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    return peering;
  }

  private static boolean right(JsonNode hop) {
    return hop.get("verdict").asText().equals("RIGHT");
  }

  private JsonNode ask(Map<String, ?> question) {
    return rig.executions().startAndWait("DiagnoseStateMachineArn", question);
  }
}
