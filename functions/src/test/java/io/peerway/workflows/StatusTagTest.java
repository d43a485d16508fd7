package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Denied;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service team reads on its VPC, and that nothing hangs on it. */
class StatusTagTest {
  private static final String ALL = "{'mode': 'repair', 'accounts': 'all'}";
  private static final String PLAN = "{'mode': 'plan', 'accounts': 'all'}";
  private static final String CONNECTED =
      "connected 2026-11-23 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24";

  private final Machines machines = new Machines();
  private final World world = machines.world;

  @BeforeEach
  void shown() {
    for (Cidr cidr : Samples.SERVICE_CIDRS) {
      world.route(Samples.SERVICE_VPC, new Route(cidr, Route.LOCAL, Route.State.ACTIVE));
    }
    for (Cidr cidr : Samples.HUB_CIDRS) {
      world.route(Samples.HUB_VPC, new Route(cidr, Route.LOCAL, Route.State.ACTIVE));
    }
  }

  @Test
  void it_says_connected_once_all_of_it_was_read_back() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(said()).isEqualTo(CONNECTED);
    assertThat(statusChanges())
        .containsExactly("210987654321: vpc-0bbbbbbbbbbbbbbbb says " + CONNECTED);
  }

  @Test
  void a_second_run_does_not_write_it_again() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    world.transcript().forget();
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(statusChanges()).isEmpty();
  }

  @Test
  void it_says_what_a_request_waits_for_and_then_that_it_is_being_connected() {
    machines.settings = Samples.settings("APPROVAL", "manual");
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(said()).isEqualTo("waiting for approval");
    decide("approve");
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(statusChanges())
        .containsExactly(
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says waiting for approval",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says connecting pcx-0a1b2c3d4e5f60718",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says " + CONNECTED);
  }

  @Test
  void it_says_that_a_request_waits_for_room() {
    machines.settings = Samples.settings("PEERINGS_PER_VPC", "1");
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.200.0.0/16"));
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(said()).isEqualTo("waiting for room");
  }

  @Test
  void it_says_by_which_rule_and_which_value_a_request_is_refused() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/20"));
    machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(said())
        .startsWith(
            "refused ApartFromOtherServices: 10.110.0.0/16 of vpc-0bbbbbbbbbbbbbbbb overlaps"
                + " 10.110.0.0/20 of the connected pcx-0ffffffffffffffff");
  }

  @Test
  void it_says_ending_and_is_taken_off_with_the_last_of_it() {
    tag(Map.of(Tags.CONNECT, "true"));
    machines.run(Workflow.CONNECT, Samples.PEERING);
    take(Tags.CONNECT);
    world.transcript().forget();
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(statusChanges())
        .containsExactly(
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says ending",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says nothing");
    assertThat(said()).isEmpty();
  }

  @Test
  void after_a_persons_refusal_it_says_so() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    decide("refuse");
    machines.run(Workflow.DISCONNECT, Samples.PEERING);
    assertThat(said()).startsWith("refused a person refused vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void of_a_vpc_that_was_asked_for_anew_the_end_of_the_old_one_says_nothing() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    world.endByOwner(Samples.SERVICE_ACCOUNT, Samples.PEERING);
    Peering next =
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.request(PeeringStatus.PENDING_ACCEPTANCE).requester(),
            Samples.request(PeeringStatus.PENDING_ACCEPTANCE).accepter(),
            Map.of());
    world.put(next);
    tag(Map.of(Tags.STATUS, "waiting for approval"));
    world.transcript().forget();
    machines.of(Workflow.DISCONNECT, Samples.PEERING).run();
    assertThat(statusChanges()).isEmpty();
    assertThat(said()).isEqualTo("waiting for approval");
  }

  @Test
  void a_tagged_vpc_that_is_not_asked_for_says_why_and_no_longer_once_the_tag_is_off() {
    world.put(Samples.request(PeeringStatus.DELETED));
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/20"));
    tag(Map.of(Tags.CONNECT, "true"));
    machines.look(Samples.SERVICE_ACCOUNT);
    assertThat(said()).startsWith("refused ApartFromOtherServices: 10.110.0.0/16 of vpc-0");
    tag(Map.of(Tags.CONNECT, "yes"));
    machines.look(Samples.SERVICE_ACCOUNT);
    assertThat(said()).startsWith("refused the tag peerway:connect has the value yes");
    take(Tags.CONNECT);
    machines.look(Samples.SERVICE_ACCOUNT);
    assertThat(said()).isEmpty();
  }

  @Test
  void a_look_that_finds_it_right_writes_nothing() {
    world.put(Samples.request(PeeringStatus.DELETED));
    tag(Map.of(Tags.CONNECT, "yes"));
    machines.look(Samples.SERVICE_ACCOUNT);
    world.transcript().forget();
    machines.look(Samples.SERVICE_ACCOUNT);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void where_the_owner_denies_it_the_connection_is_made_and_ended_all_the_same() {
    deny();
    tag(Map.of(Tags.CONNECT, "true"));
    assertThat(machines.run(Workflow.CONNECT, Samples.PEERING).path()).endsWith("NotifyConnected");
    take(Tags.CONNECT);
    assertThat(machines.run(Workflow.DISCONNECT, Samples.PEERING).path()).endsWith("NothingToDo");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
    assertThat(said()).isEmpty();
  }

  @Test
  void where_the_vpc_has_no_room_for_another_tag_the_connection_is_made_all_the_same() {
    world.fillTags(Samples.SERVICE_VPC);
    assertThat(machines.run(Workflow.CONNECT, Samples.PEERING).path()).endsWith("NotifyConnected");
    assertThat(said()).isEmpty();
  }

  @Test
  void an_end_is_not_held_up_by_an_account_in_which_aws_takes_no_more_calls() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    decide("refuse");
    world.failTagging(
        Samples.SERVICE_ACCOUNT, () -> new Throttled("tag", new RuntimeException("slow down")));
    Execution execution = machines.of(Workflow.DISCONNECT, Samples.PEERING);
    assertThatExceptionOfType(Throttled.class).isThrownBy(execution::run);
    // Only the last step, in the service account, waits.
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
    world.failTagging(Samples.SERVICE_ACCOUNT, null);
    execution.redrive();
    assertThat(execution.path()).endsWith("NothingToDo");
  }

  @Test
  void what_aws_refuses_for_no_reason_of_the_owners_is_a_failure() {
    world.failTagging(
        Samples.SERVICE_ACCOUNT, () -> new RefusedByAws("tag", new RuntimeException("odd")));
    Execution execution = machines.of(Workflow.CONNECT, Samples.PEERING);
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(execution::run);
    world.failTagging(Samples.SERVICE_ACCOUNT, null);
    execution.redrive();
    assertThat(execution.path()).endsWith("NotifyConnected");
    assertThat(said()).isEqualTo(CONNECTED);
  }

  @Test
  void the_daily_run_puts_right_without_a_word_what_its_owner_wrote_or_took_off() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    for (String forged :
        List.of(
            "connected 2099-01-01 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24",
            "refused by nobody",
            "")) {
      take(Tags.STATUS);
      if (!forged.isEmpty()) {
        tag(Map.of(Tags.STATUS, forged));
      }
      Execution run = machines.reconcile(ALL);
      assertThat(said()).isEqualTo(CONNECTED);
      assertThat(run.published()).isEmpty();
      assertThat(run.output().get("changes")).isEmpty();
    }
  }

  @Test
  void a_plan_says_what_would_be_written_and_writes_nothing() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    tag(Map.of(Tags.STATUS, "ending"));
    assertThat(machines.reconcile(PLAN).output().get("changes"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.asText())
                    .startsWith(
                        "peerway:status of vpc-0bbbbbbbbbbbbbbbb: write into its tag"
                            + " peerway:status: "
                            + CONNECTED));
    assertThat(said()).isEqualTo("ending");
  }

  @Test
  void what_the_daily_run_cannot_write_it_lists_and_tells_nobody() {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    tag(Map.of(Tags.STATUS, "ending"));
    deny();
    Execution run = machines.reconcile(ALL);
    assertThat(run.output().get("leftAlone"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.asText())
                    .isEqualTo(
                        "peerway:status of vpc-0bbbbbbbbbbbbbbbb: cannot be written, and may say"
                            + " what is over: Denied"));
    assertThat(run.published()).isEmpty();
  }

  @Test
  void the_daily_run_takes_off_what_is_said_of_a_connection_that_is_no_more() {
    world.put(Samples.request(PeeringStatus.DELETED));
    tag(Map.of(Tags.STATUS, CONNECTED));
    machines.reconcile(ALL);
    assertThat(said()).isEmpty();
  }

  @Test
  void the_daily_run_says_what_a_request_waits_for() {
    machines.settings = Samples.settings("APPROVAL", "manual");
    machines.run(Workflow.CONNECT, Samples.PEERING);
    tag(Map.of(Tags.STATUS, CONNECTED));
    machines.reconcile(ALL);
    assertThat(said()).isEqualTo("waiting for approval");
  }

  private String said() {
    return world.status(Samples.SERVICE_VPC);
  }

  private List<String> statusChanges() {
    return world.transcript().changes().stream()
        .filter(line -> line.contains("vpc-0bbbbbbbbbbbbbbbb says "))
        .toList();
  }

  private void deny() {
    world.failTagging(
        Samples.SERVICE_ACCOUNT, () -> new Denied("tag", new RuntimeException("a policy")));
  }

  private void decide(String decision) {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, decision));
  }

  private void tag(Map<String, String> more) {
    Map<String, String> tags = new HashMap<>(vpc().tags());
    tags.putAll(more);
    world.put(
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, vpc().cidrs(), Map.copyOf(tags)));
  }

  private void take(String key) {
    Map<String, String> tags = new HashMap<>(vpc().tags());
    tags.remove(key);
    world.put(
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, vpc().cidrs(), Map.copyOf(tags)));
  }

  private Vpc vpc() {
    return world.vpc(Samples.SERVICE_VPC);
  }
}
