package io.peerway.functions.disconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletePeeringHandlerTest {

  private boolean repeated;
  private final World world = World.sample();

  @Test
  void deletes_the_peering_connection_and_names_the_account_to_look_at() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    assertThat(delete()).isEqualTo(ended("210987654321"));
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
  }

  @Test
  void names_those_that_wait_for_its_addresses_whoever_has_ended_it() {
    Peering wanted =
        Samples.tagged(
            Samples.request(PeeringStatus.ACTIVE),
            Tags.WANTED_BY,
            "345678901234 somebody 210987654321");
    world.put(wanted);
    assertThat(delete().get("lookAt"))
        .extracting(JsonNode::asText)
        .containsExactly("210987654321", "345678901234");
    world.put(Samples.in(wanted, PeeringStatus.DELETED));
    assertThat(delete().get("lookAt")).hasSize(2);
    repeated = true;
    assertThat(delete().get("lookAt")).isEmpty();
  }

  @Test
  void a_refused_vpc_waits_for_a_new_occasion() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.DECISION, "refuse"));
    assertThat(delete().get("lookAt")).isEmpty();
  }

  @Test
  void a_request_that_is_still_pending_is_rejected_because_only_its_requester_can_delete_it() {
    delete();
    assertThat(world.transcript().changes()).containsExactly("hub: reject pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void a_pending_request_of_the_hub_itself_is_deleted() {
    world.put(
        new Peering(
            Samples.PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.hubSide(),
            Samples.serviceSide(),
            Map.of()));
    delete(Inputs.askedByHub(Inputs.WITHDRAWN));
    assertThat(world.transcript().changes()).containsExactly("hub: delete pcx-0a1b2c3d4e5f60718");
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "REJECTED", "DELETING", "DELETED"})
  void one_that_is_over_stays_as_it_is(PeeringStatus status) {
    world.put(Samples.request(status));
    assertThat(delete()).isEqualTo(Invoked.json("{'state': 'DELETED', 'lookAt': []}"));
    assertThat(world.transcript().lines()).containsExactly("  hub: pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void one_that_ec2_does_not_show_any_more_is_over() {
    assertThat(delete(Inputs.WITHDRAWN.replace("pcx-0a1b2c3d4e5f60718", "pcx-00000000")))
        .isEqualTo(Invoked.json("{'state': 'DELETED', 'lookAt': []}"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_request_that_people_accept_meanwhile_is_not_taken_for_rejected() {
    world.beforeNextChange(() -> world.put(Samples.request(PeeringStatus.ACTIVE)));
    assertThatExceptionOfType(NotYetVisible.class).isThrownBy(this::delete);
    assertThat(delete()).isEqualTo(ended("210987654321"));
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
  }

  @Test
  void one_that_was_admitted_again_meanwhile_stays() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16"));
    assertThat(delete()).isEqualTo(Invoked.json("{'state': 'WANTED_AGAIN', 'lookAt': []}"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void what_a_repeated_run_finds_gone_is_told() {
    delete();
    repeated = true;
    assertThat(delete()).isEqualTo(Invoked.json("{'state': 'GONE', 'lookAt': []}"));
  }

  @Test
  void what_a_repeated_run_has_to_delete_is_news() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    repeated = true;
    assertThat(delete().get("state").asText()).isEqualTo("DELETED");
  }

  @Test
  void a_second_time_changes_nothing() {
    assertThat(delete()).isEqualTo(ended("210987654321"));
    world.transcript().forget();
    assertThat(delete().get("state").asText()).isEqualTo("DELETED");
    assertThat(world.transcript().changes()).isEmpty();
  }

  private static JsonNode ended(String account) {
    return Invoked.json("{'state': 'DELETED', 'lookAt': ['" + account + "']}");
  }

  private JsonNode delete() {
    return delete(Inputs.WITHDRAWN);
  }

  private JsonNode delete(String connection) {
    return Invoked.step(
        new DeletePeeringHandler(FakeAws.of(world)),
        "{'connection': %s, 'repeated': %s, 'execution': 'e'}".formatted(connection, repeated));
  }
}
