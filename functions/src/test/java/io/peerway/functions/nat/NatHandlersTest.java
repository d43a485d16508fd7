package io.peerway.functions.nat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Invoked;
import io.peerway.model.NatSet;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.error.NatCommandFailed;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.Superseded;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.plan.Aws;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * ApplyNat sends the set, CheckNat reads the answers: together they are one step of the workflow.
 */
class NatHandlersTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  private final World world = World.sample();
  private final FakeVpnInstances vpn = new FakeVpnInstances(world.transcript());
  private Instant now = NOW;
  private String services = "['10.110.0.0/16', '10.120.0.0/24']";

  @BeforeEach
  void connected() {
    world.put(
        Samples.tagged(
            Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"));
  }

  @Test
  void sends_the_whole_set_of_now() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.111.0.0/16"));
    assertThat(apply(0))
        .isEqualTo(
            Invoked.json(
                """
                {'state': 'PENDING', 'commandId': 'command-1', 'redrive': 0,
                 'digest': '%s', 'generation': 1795420800000}"""
                    .formatted(vpn.sent().getFirst().servicesDigest())));
    assertThat(vpn.sent())
        .containsExactly(
            new NatSet(
                Cidr.list("172.168.0.0/24"),
                Cidr.list("10.110.0.0/15 10.120.0.0/24"),
                NOW.toEpochMilli()));
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: peering connections",
            "! VPN: translate [172.168.0.0/24] to [10.110.0.0/15, 10.120.0.0/24]");
  }

  @Test
  void does_not_send_a_set_without_the_connection_itself() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> apply(0))
        .withMessageContainingAll("pcx-0a1b2c3d4e5f60718", "10.110.0.0/16");
    assertThat(vpn.sent()).isEmpty();
  }

  @Test
  void a_connection_that_is_taken_away_is_left_out_of_the_set() {
    services = "[]";
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, ""));
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.111.0.0/16"));
    assertThat(check(apply(0), 0).get("state").asText()).isEqualTo("APPLIED");
    assertThat(vpn.sent().getLast().services()).isEqualTo(Cidr.list("10.111.0.0/16"));
  }

  @Test
  void the_last_connection_that_is_taken_away_leaves_the_empty_set() {
    services = "[]";
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.DELETED));
    assertThat(check(apply(0), 0).get("state").asText()).isEqualTo("APPLIED");
    assertThat(vpn.sent().getLast().services()).isEmpty();
  }

  @Test
  void does_not_send_a_set_with_a_connection_that_is_being_taken_away() {
    services = "[]";
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> apply(0))
        .withMessageContaining("pcx-0a1b2c3d4e5f60718");
    assertThat(vpn.sent()).isEmpty();
  }

  // A set keeps what is merely not claimed: that it is withdrawn has to be seen.
  @Test
  void does_not_send_a_set_with_a_connection_that_is_not_withdrawn_yet() {
    services = "[]";
    world.put(Samples.request(PeeringStatus.ACTIVE));
    assertThatExceptionOfType(NotYetVisible.class).isThrownBy(() -> apply(0));
    assertThat(vpn.sent()).isEmpty();
  }

  @Test
  void applied_by_every_instance_is_applied() {
    vpn.answering(
        set ->
            List.of(
                FakeVpnInstances.applied("i-00000002", set),
                FakeVpnInstances.applied("i-00000001", set)));
    JsonNode answer = check(apply(0), 0);
    assertThat(answer.get("state").asText()).isEqualTo("APPLIED");
    assertThat(answer.get("instances")).isEqualTo(Invoked.json("['i-00000001', 'i-00000002']"));
  }

  @Test
  void checking_again_changes_nothing() {
    JsonNode applied = check(apply(0), 0);
    world.transcript().forget();
    assertThat(check(applied, 0)).isEqualTo(applied);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void not_yet_answered_is_pending_and_keeps_what_was_sent() {
    JsonNode sent = apply(0);
    vpn.answering(set -> List.of(new Answer("i-00000001", "InProgress", "")));
    assertThat(check(sent, 0)).isEqualTo(sent);
    vpn.answering(set -> List.of());
    assertThat(check(sent, 0)).isEqualTo(sent);
  }

  @Test
  void an_instance_that_is_slow_is_waited_for() {
    JsonNode sent = apply(0);
    vpn.answering(set -> List.of(new Answer("i-00000001", "InProgress", "")));
    now = NOW.plus(Duration.ofMinutes(30));
    assertThat(check(sent, 0)).isEqualTo(sent);
  }

  @Test
  void a_failed_command_says_what_the_instance_said() {
    JsonNode sent = apply(0);
    fail();
    assertThatExceptionOfType(NatCommandFailed.class)
        .isThrownBy(() -> check(sent, 0))
        .withMessageContainingAll(
            "pcx-0a1b2c3d4e5f60718", "command-1", "i-00000001", "no nft here");
    assertThat(vpn.sent()).hasSize(1);
  }

  @Test
  void a_newer_set_without_a_claim_that_is_withdrawn_meanwhile_is_no_failure_of_the_instance() {
    JsonNode sent = apply(0);
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, ""));
    vpn.answering(
        set ->
            List.of(
                new Answer(
                    "i-00000001",
                    "Success",
                    FakeVpnInstances.report(
                        "superseded", Cidr.list("10.111.0.0/16"), set.clients(), "0123"))));
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(() -> check(sent, 0))
        .withMessageContainingAll("pcx-0a1b2c3d4e5f60718", "10.110.0.0/16");
  }

  @Test
  void a_stopped_instance_is_neither_waited_for_nor_a_failure() {
    world.setVpnAddresses(Cidr.list("10.100.0.10/32 10.100.0.11/32"));
    world.stopVpnInstance(1);
    JsonNode sent = apply(0);
    for (String status : List.of("Delayed", "TimedOut")) {
      vpn.answering(
          set ->
              List.of(
                  new Answer("i-00000002", status, ""),
                  FakeVpnInstances.applied("i-00000001", set)));
      JsonNode answer = check(sent, 0);
      assertThat(answer.get("state").asText()).isEqualTo("APPLIED");
      assertThat(answer.get("instances")).isEqualTo(Invoked.json("['i-00000001']"));
    }
    assertThat(vpn.sent()).hasSize(1);
  }

  @Test
  void nobody_is_asked_who_runs_where_all_have_answered_well() {
    check(apply(0), 0);
    assertThat(world.transcript().lines()).noneMatch(line -> line.contains("VPN instances of"));
  }

  @Test
  void an_instance_elsewhere_counts_neither_for_good_nor_for_bad() {
    JsonNode sent = apply(0);
    vpn.answering(
        set ->
            List.of(
                new Answer("i-0000000f", "Failed", "no nft here"),
                FakeVpnInstances.applied("i-00000001", set)));
    assertThat(check(sent, 0).get("state").asText()).isEqualTo("APPLIED");
    vpn.answering(
        set ->
            List.of(
                new Answer("i-00000001", "TimedOut", ""),
                FakeVpnInstances.applied("i-0000000f", set)));
    assertThatExceptionOfType(NatCommandFailed.class)
        .isThrownBy(() -> check(sent, 0))
        .withMessageContaining("i-00000001 ended as TimedOut");
  }

  @Test
  void stopped_instances_alone_are_a_failure_that_says_so() {
    world.stopVpnInstance(0);
    JsonNode sent = apply(0);
    vpn.answering(set -> List.of(new Answer("i-00000001", "TimedOut", "")));
    assertThatExceptionOfType(NatCommandFailed.class)
        .isThrownBy(() -> check(sent, 0))
        .withMessageContainingAll("i-00000001", "none of those that were asked runs");
  }

  @Test
  void a_redrive_after_a_failure_sends_the_set_of_now_once() {
    JsonNode sent = apply(0);
    fail();
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.111.0.0/16"));
    now = NOW.plus(Duration.ofDays(3));

    JsonNode again = check(sent, 1);
    assertThat(again.get("state").asText()).isEqualTo("PENDING");
    assertThat(again.get("commandId").asText()).isEqualTo("command-2");
    assertThat(again.get("redrive").asInt()).isEqualTo(1);
    assertThat(vpn.sent().getLast().services()).isEqualTo(Cidr.list("10.110.0.0/15 10.120.0.0/24"));
    assertThat(vpn.sent().getLast().generation()).isGreaterThan(vpn.sent().getFirst().generation());

    // It fails again in the same redrive: nothing is sent a third time by itself.
    assertThatExceptionOfType(NatCommandFailed.class).isThrownBy(() -> check(again, 1));
    assertThat(vpn.sent()).hasSize(2);
  }

  @Test
  void a_redrive_after_the_instance_got_there_by_itself_sends_nothing() {
    JsonNode sent = apply(0);
    assertThat(check(sent, 1).get("state").asText()).isEqualTo("APPLIED");
    assertThat(vpn.sent()).hasSize(1);
  }

  @Test
  void a_command_that_nobody_took_is_named_after_two_minutes() {
    JsonNode sent = apply(0);
    vpn.answering(set -> List.of());
    now = NOW.plus(Duration.ofMinutes(2));
    assertThatExceptionOfType(NoVpnInstance.class)
        .isThrownBy(() -> check(sent, 0))
        .withMessageContainingAll("command-1", "peerway:role=vpn");
    assertThat(check(sent, 1).get("commandId").asText()).isEqualTo("command-2");
  }

  @Test
  void where_nobody_runs_a_connection_ends_without_an_answer() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, ""));
    services = "[]";
    JsonNode sent = apply(0);
    vpn.answering(set -> List.of());
    now = NOW.plus(Duration.ofMinutes(2));
    assertThatExceptionOfType(NoVpnInstance.class).isThrownBy(() -> check(sent, 0));
    world.stopVpnInstance(0);
    assertThat(check(sent, 0).get("state").asText()).isEqualTo("APPLIED");
  }

  @Test
  void a_newer_set_too_long_to_be_listed_is_answered_with_the_set_of_now() {
    JsonNode sent = apply(0);
    vpn.answering(
        set ->
            List.of(
                new Answer(
                    "i-00000001",
                    "Success",
                    FakeVpnInstances.report("superseded", List.of(), set.clients(), "0123"))));
    assertThat(check(sent, 0).get("commandId").asText()).isEqualTo("command-2");
  }

  @Test
  void a_set_too_long_to_be_listed_is_known_by_its_digest() {
    JsonNode sent = apply(0);
    vpn.answering(
        set ->
            List.of(
                new Answer(
                    "i-00000001",
                    "Success",
                    FakeVpnInstances.report(
                        "applied", List.of(), set.clients(), set.servicesDigest()))));
    assertThat(check(sent, 0).get("state").asText()).isEqualTo("APPLIED");
  }

  private void fail() {
    String output =
        "{\"outcome\":\"failed\",\"reason\":\"no nft here\"}\n----------ERROR-------\nno nft here\n"
            + "failed to run commands: exit status 1";
    vpn.answering(set -> List.of(new Answer("i-00000001", "Failed", output)));
  }

  private JsonNode apply(int redrive) {
    return Invoked.step(
        new ApplyNatHandler(aws()),
        "{'subject': 'pcx-0a1b2c3d4e5f60718', 'services': %s, 'redrive': %d, 'execution': 'e'}"
            .formatted(services, redrive));
  }

  private JsonNode check(JsonNode nat, int redrive) {
    ObjectNode input = (ObjectNode) Invoked.json("{'execution': 'e', 'redrive': " + redrive + "}");
    input.put("subject", "pcx-0a1b2c3d4e5f60718");
    input.set("services", Invoked.json(services));
    input.set("nat", nat);
    return Invoked.step(new CheckNatHandler(aws()), input.toString());
  }

  private Aws aws() {
    return FakeAws.with(world).vpn(vpn).clock(Clock.fixed(now, ZoneOffset.UTC)).aws();
  }
}
