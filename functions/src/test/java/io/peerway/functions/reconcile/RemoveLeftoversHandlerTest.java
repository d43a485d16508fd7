package io.peerway.functions.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.functions.connect.JoinServiceHandler;
import io.peerway.model.error.Denied;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoveLeftoversHandlerTest {

  private final World world = World.sample();
  private List<SecurityGroup> groups;
  private List<RouteTable> tables;

  @BeforeEach
  void left() {
    groups = world.groups(Samples.SERVICE_VPC);
    tables = world.tables(Samples.SERVICE_VPC);
    Invoked.step(new JoinServiceHandler(FakeAws.of(world)), Inputs.STEP);
    world.put(Samples.request(PeeringStatus.ACTIVE));
    world.hub().apply(Samples.PEERING).ensureDeleted(Samples.PEERING);
    world.transcript().forget();
    world.forgetSessions();
  }

  @Test
  void takes_away_what_a_connection_that_is_over_has_left() {
    JsonNode answer = run();
    assertThat(answer.get("state").asText()).isEqualTo("CLEAN");
    assertThat(answer.get("changes")).hasSize(5);
    assertThat(answer.get("left")).isEmpty();
    assertThat(answer.has("peeringId")).isFalse();
    assertAsBefore();
    assertThat(world.sessions()).containsExactly(Samples.SERVICE_ACCOUNT);
  }

  @Test
  void a_second_time_changes_nothing() {
    run();
    world.transcript().forget();
    assertThat(run().get("changes")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_connection_that_is_live_is_left_as_it_is() {
    World connected = World.sample();
    Invoked.step(new JoinServiceHandler(FakeAws.of(connected)), Inputs.STEP);
    connected.put(Samples.request(PeeringStatus.ACTIVE));
    connected.transcript().forget();
    assertThat(run(connected).get("changes")).isEmpty();
    assertThat(connected.transcript().changes()).isEmpty();
  }

  @Test
  void a_route_through_a_peering_with_somebody_else_stays() {
    PeeringId others = new PeeringId("pcx-00000009");
    world.put(
        new Peering(
            others,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.serviceSide(),
            Samples.serviceSide(),
            Map.of()));
    world.route(
        Samples.SERVICE_VPC,
        new Route(Samples.HUB_CIDRS.getFirst(), others.value(), Route.State.BLACKHOLE));
    assertThat(run().get("changes")).noneMatch(line -> line.asText().contains(others.value()));
  }

  @Test
  void a_connection_that_came_meanwhile_is_named() {
    Peering newer = withHub(Samples.OTHER_PEERING, PeeringStatus.ACTIVE);
    world.beforeNextChange(() -> world.put(newer));
    assertThat(run().get("peeringId").asText()).isEqualTo(newer.id().value());
    // One that was there before has what it needs.
    assertThat(run().has("peeringId")).isFalse();
  }

  @Test
  void a_connection_of_others_that_is_live_does_not_hide_the_one_that_came() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.9.0.0/16"));
    Peering newer = withHub(new PeeringId("pcx-00000008"), PeeringStatus.ACTIVE);
    world.beforeNextChange(() -> world.put(newer));
    assertThat(run().get("peeringId").asText()).isEqualTo("pcx-00000008");
  }

  @Test
  void a_request_that_came_meanwhile_is_no_connection_yet() {
    Peering request = withHub(Samples.OTHER_PEERING, PeeringStatus.PENDING_ACCEPTANCE);
    world.beforeNextChange(() -> world.put(request));
    assertThat(run().has("peeringId")).isFalse();
  }

  @Test
  void a_peering_connection_of_the_vpc_with_another_of_the_hub_account_keeps_nothing_of_ours() {
    VpcSide another =
        new VpcSide(
            Samples.HUB_ACCOUNT, Samples.REGION, new VpcId("vpc-0eeeeeeeeeeeeeeee"), List.of());
    world.put(
        new Peering(
            Samples.OTHER_PEERING, PeeringStatus.ACTIVE, Samples.serviceSide(), another, Map.of()));
    assertThat(run().get("changes")).hasSize(5);
    assertAsBefore();
  }

  private static Peering withHub(PeeringId id, PeeringStatus status) {
    return new Peering(
        id, status, Samples.serviceSide(), Samples.hubSide(), Map.of(Tags.CIDRS, "10.110.0.0/16"));
  }

  @Test
  void what_its_owner_refuses_or_still_uses_is_said() {
    world.useGroups(true);
    JsonNode answer = run();
    assertThat(answer.get("state").asText()).isEqualTo("LEFT");
    assertThat(answer.get("left"))
        .extracting(JsonNode::asText)
        .containsExactly("our security group (still in use)");
    world.useGroups(false);
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(run().get("left")).hasSize(2);
  }

  @Test
  void any_other_failure_is_thrown() {
    PeerwayException failure = new Unavailable("no answer", new IllegalStateException());
    world.fail(Samples.SERVICE_ACCOUNT, () -> failure);
    assertThatThrownBy(this::run).isSameAs(failure);
    world.open(Samples.SERVICE_ACCOUNT);
    world.close(Samples.HUB_ACCOUNT);
    assertThatExceptionOfType(Denied.class).isThrownBy(this::run);
  }

  @Test
  void a_run_that_was_cut_off_is_completed_by_the_next() {
    for (int changes = 0; changes < 5; changes++) {
      world.cutOffAfter(1);
      if (changes < 4) {
        assertThatExceptionOfType(World.CutOff.class).isThrownBy(this::run);
      } else {
        run();
      }
    }
    assertAsBefore();
  }

  @Test
  void a_vpc_that_is_gone_has_nothing() {
    world.remove(Samples.SERVICE_VPC);
    assertThat(run().get("state").asText()).isEqualTo("CLEAN");
    assertThat(world.transcript().changes()).isEmpty();
  }

  private void assertAsBefore() {
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(groups);
    assertThat(world.tables(Samples.SERVICE_VPC)).isEqualTo(tables);
  }

  private JsonNode run() {
    return run(world);
  }

  private static JsonNode run(World world) {
    return Invoked.step(
        new RemoveLeftoversHandler(FakeAws.of(world)),
        "{'accountId': '210987654321', 'region': 'eu-west-1', 'vpcId': 'vpc-0bbbbbbbbbbbbbbbb', 'execution': 'e'}");
  }
}
