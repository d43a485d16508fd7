package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.error.Denied;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.EventRecord;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A question and its answer, by way of the workflow. */
class DiagnoseTest {
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final RouteTableId TABLE = new RouteTableId("rtb-00000001");

  private final Machines machines = new Machines();
  private final World world = machines.world;

  @BeforeEach
  void connected() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    SecurityGroup ours =
        world.groups(Samples.SERVICE_VPC).stream()
            .filter(group -> !group.ingress().isEmpty())
            .findFirst()
            .orElseThrow();
    world.put(
        new NetworkInterface(
            "eni-1",
            Samples.SERVICE_VPC,
            "subnet-service",
            List.of(ours.id()),
            Cidr.ofAddress("10.110.0.10"),
            INSTANCE));
    world.put(acl("acl-1", World.VPN_SUBNET, Samples.HUB_VPC));
    world.put(acl("acl-2", "subnet-service", Samples.SERVICE_VPC));
  }

  private static NetworkAcl acl(String id, String subnet, VpcId vpc) {
    List<NetworkAcl.Rule> rules = new ArrayList<>();
    for (NetworkAcl.Direction direction : NetworkAcl.Direction.values()) {
      rules.add(new NetworkAcl.Rule(100, direction, true, -1, new Cidr("0.0.0.0/0"), -1, -1));
    }
    return new NetworkAcl(id, vpc, List.of(subnet), rules);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'to': '10.110.0.10', 'port': 22}",
        "{'to': ' 10.110.0.10 ', 'port': '22', 'protocol': 'TCP'}",
        "{'to': 'i-0123456789abcdef0'}",
        "{'to': 'pcx-0a1b2c3d4e5f60718', 'port': ''}"
      })
  void a_way_that_works_has_nothing_wrong_however_it_is_asked_for(String question) {
    JsonNode answer = ask(question);
    assertThat(answer.get("summary").asText()).startsWith("The VPN reaches tcp/22 of ");
    assertThat(answer.has("first")).isFalse();
    assertThat(answer.get("hops").valueStream())
        .hasSize(19)
        .allMatch(hop -> hop.get("verdict").asText().equals("RIGHT"));
  }

  @Test
  void a_deleted_route_is_named_with_who_deleted_it_and_what_mends_it() {
    world.put(world.tables(Samples.HUB_VPC).getFirst().withRoutes(List.of()));
    world.record(Samples.HUB_ACCOUNT, EventRecord.deleteRoute(TABLE, new Cidr("10.110.0.0/16")));
    machines.vpn.trying("TIMED_OUT", "no answer within 5 seconds");
    JsonNode answer = ask("{'to': '10.110.0.10'}");
    assertThat(answer.get("summary").asText())
        .isEqualTo(
            "tcp/22 of 10.110.0.10 cannot be reached: rtb-00000001 has no route to 10.110.0.10;"
                + " 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 is missing. Changed last by "
                + EventRecord.DOER
                + ".");
    assertThat(answer.at("/first/at").asText()).isEqualTo("HUB_ROUTE");
    assertThat(answer.at("/first/changed").asText()).isEqualTo(EventRecord.DOER);
    assertThat(answer.at("/first/mend").asText())
        .contains("--state-machine-arn arn:connect", "pcx-0a1b2c3d4e5f60718");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'10.110.0.10' | or the like expected, got: 10.110.0.10",
        "{} | to: an IPv4 address, an instance id (i-…) or a peering connection (pcx-…) expected, got: nothing",
        "{'to': 7} | expected, got: 7",
        "{'to': ['10.110.0.10']} | expected, got: [10.110.0.10]",
        "{'to': null} | expected, got: nothing",
        "{'to': '10.110.0.999'} | expected, got: 10.110.0.999",
        "{'to': '10.110.0.10/24'} | expected, got: 10.110.0.10/24",
        "{'to': 'fd00::1'} | got: fd00::1 (Peerway connects IPv4 networks only)",
        "{'to': 'www.example.com'} | expected, got: www.example.com",
        "{'to': 'i-*'} | expected, got: i-*",
        "{'to': '10.110.0.10; id'} | expected, got: 10.110.0.10; id",
        "{'to': '10.110.0.10\\n'} | The VPN reaches",
        "{'To': '10.110.0.10'} | to, port and protocol expected, got: To",
        "{'to': '10.110.0.10', 'port': 0} | port: a number from 1 to 65535 expected, got: 0",
        "{'to': '10.110.0.10', 'port': 65536} | got: 65536",
        "{'to': '10.110.0.10', 'port': '22;id'} | got: 22;id",
        "{'to': '10.110.0.10', 'port': 22.5} | got: 22.5",
        "{'to': '10.110.0.10', 'protocol': 'sctp'} | protocol: tcp, udp or icmp expected, got: sctp",
        "{'to': '8.8.8.8'} | 8.8.8.8 is no address that a service VPC may have (AllowedCidrs [10.0.0.0/8])",
        "{'to': '10.77.0.1'} | 10.77.0.1 is in no VPC that is connected, or has asked to be",
        "{'to': '10.100.0.10'} | 10.100.0.10 is an address of the hub VPC itself",
        "{'to': '172.168.0.7'} | 172.168.0.7 is an address that OpenVPN gives to clients",
        "{'to': '192.168.1.1'} | 192.168.1.1 is an address of the company's own networks",
        "{'to': 'pcx-0123456789abcdef0'} | pcx-0123456789abcdef0 is no peering connection of vpc-0aaaaaaaaaaaaaaaa",
        "{'to': 'i-0fffffffffffffff0'} | i-0fffffffffffffff0 is in no connected VPC",
      })
  void what_cannot_be_asked_is_answered_with_its_value(String question, String said) {
    world.transcript().forget();
    JsonNode answer = ask(question);
    assertThat(answer.get("summary").asText()).contains(said).doesNotContainPattern("\\p{Cc}");
    if (!said.startsWith("The VPN")) {
      assertThat(answer.at("/first/evidence").asText()).isNotEmpty();
      assertThat(world.transcript().lines()).noneMatch(line -> line.contains("VPN try"));
    }
  }

  @Test
  void a_hostile_value_is_shown_short_and_in_one_line() {
    String summary =
        ask("{'to': '\\u001b[31m\\u202e" + "x".repeat(10_000) + "'}").get("summary").asText();
    assertThat(summary).hasSizeLessThan(300).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @Test
  void an_address_whose_request_waits_or_whose_connection_is_over_is_told_so() {
    world.put(
        Samples.tagged(
            Samples.request(PeeringStatus.PENDING_ACCEPTANCE), Tags.CIDRS, "10.110.0.0/16"));
    assertThat(ask("{'to': '10.110.0.10'}").at("/first/evidence").asText())
        .contains("whose request pcx-0a1b2c3d4e5f60718 is not accepted");
    world.put(Samples.tagged(Samples.request(PeeringStatus.DELETED), Tags.CIDRS, "10.110.0.0/16"));
    world.record(
        Samples.SERVICE_ACCOUNT,
        EventRecord.of(
            "DeleteVpcPeeringConnection",
            Map.of("vpcPeeringConnectionId", Samples.PEERING.value())));
    for (String to : List.of("pcx-0a1b2c3d4e5f60718", "10.110.0.10")) {
      JsonNode over = ask("{'to': '" + to + "'}");
      assertThat(over.at("/first/at").asText()).isEqualTo("PEERING");
      assertThat(over.at("/first/evidence").asText())
          .endsWith("whose peering connection pcx-0a1b2c3d4e5f60718 is deleted");
      assertThat(over.at("/first/changed").asText()).isEqualTo(EventRecord.DOER);
    }
  }

  @Test
  void what_has_lost_its_claim_goes_on_and_is_no_false_alarm() {
    for (String damage : List.of("", "nonsense")) {
      world.put(
          damage.isEmpty()
              ? world.peering(Samples.PEERING).without(Tags.CIDRS)
              : Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, damage));
      assertThat(ask("{'to': '10.110.0.10'}").get("summary").asText())
          .startsWith("The VPN reaches");
    }
  }

  @Test
  void whatever_read_or_command_fails_it_ends_with_an_answer_and_no_false_alarm() {
    world.transcript().forget();
    ask("{'to': '10.110.0.10'}");
    int calls = world.transcript().lines().size();
    assertThat(calls).isBetween(14, 18);
    int unknown = 0;
    for (int failing = 1; failing <= calls; failing++) {
      AtomicInteger left = new AtomicInteger(failing);
      world
          .transcript()
          .beforeEachCall(
              () -> {
                if (left.decrementAndGet() == 0) {
                  throw new Throttled("throttled", new RuntimeException());
                }
              });
      JsonNode answer = ask("{'to': '10.110.0.10'}");
      assertThat(answer.has("first")).as("call %d of %d: %s", failing, calls, answer).isFalse();
      unknown += answer.toString().contains("UNKNOWN") ? 1 : 0;
    }
    // In place of one of them another read says the same: of the hub VPC.
    assertThat(unknown).isEqualTo(calls - 1);
  }

  @Test
  void a_service_account_that_is_closed_to_us_is_unknown() {
    world.fail(Samples.SERVICE_ACCOUNT, () -> new Denied("no role", new RuntimeException()));
    JsonNode answer = ask("{'to': '10.110.0.10'}");
    assertThat(answer.get("summary").asText()).startsWith("Nothing wrong was found on the way to");
    assertThat(ask("{'to': 'i-0123456789abcdef0'}").get("summary").asText())
        .contains("not read: 210987654321 (no role)");
  }

  @Test
  void an_agent_that_stays_silent_is_waited_for_and_named() {
    machines.vpn.silence();
    JsonNode answer = ask("{'to': '10.110.0.10'}");
    assertThat(answer.at("/first/at").asText()).isEqualTo("AGENT");
    assertThat(answer.at("/first/evidence").asText()).contains("nothing within 30 seconds");
  }

  @Test
  void of_a_hundred_questions_at_once_five_ask_the_vpn_instances_and_each_has_its_answer() {
    // All have begun before one of them goes on.
    List<JsonNode> answers = new ArrayList<>();
    world.transcript().forget();
    IntStream.range(0, 100)
        .mapToObj(n -> machines.of(Workflow.DIAGNOSE, "{'to': '10.110.0.10'}", this::another))
        .forEach(
            execution -> {
              waiting.add(execution);
            });
    another();
    waiting.clear();
    begun.forEach(execution -> answers.add(execution.output()));
    assertThat(answers).hasSize(100);
    assertThat(machines.vpn.reports()).isEqualTo(5);
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.get("summary").asText())
                    .matches("The VPN reaches .*|Nothing wrong was found .*"));
    assertThat(
            answers.stream()
                .filter(answer -> answer.toString().contains("other questions came first")))
        .hasSize(95);
    // Reads and commands of one question, whatever the others do.
    assertThat(world.transcript().lines()).hasSizeLessThanOrEqualTo(100 * 17);
  }

  private final List<Execution> waiting = new ArrayList<>();
  private final List<Execution> begun = new ArrayList<>();

  private void another() {
    if (!waiting.isEmpty()) {
      Execution next = waiting.removeFirst();
      begun.add(next);
      next.run();
    }
  }

  private JsonNode ask(String question) {
    Execution execution =
        machines.of(Workflow.DIAGNOSE, question, () -> machines.passes(Duration.ofSeconds(2)));
    execution.run();
    return execution.output();
  }
}
