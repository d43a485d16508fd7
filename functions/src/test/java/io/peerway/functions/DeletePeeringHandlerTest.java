package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.PeeringStatus;
import io.peerway.model.Tags;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletePeeringHandlerTest {

  private boolean repeated;
  private String parted = "[{'changes': []}, {'changes': []}, {'changes': []}]";
  private final World world = World.sample();

  @Test
  void deletes_the_peering_connection_and_says_what_ended_and_why() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    JsonNode notice = delete();
    assertThat(notice.at("/notice/subject").asText())
        .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 disconnected");
    assertThat(notice.at("/notice/message").asText())
        .contains("vpc-0bbbbbbbbbbbbbbbb", "210987654321", "the service VPC is deleted");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.DELETED);
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
  void one_that_is_over_is_only_told(PeeringStatus status) {
    world.put(Samples.request(status));
    assertThat(delete().at("/notice/message").asText()).contains("the service VPC is deleted");
    assertThat(world.transcript().lines())
        .containsExactly("  hub: pcx-0a1b2c3d4e5f60718", "  hub: peering connections");
  }

  @Test
  void one_that_ec2_does_not_show_any_more_is_only_told() {
    delete(Inputs.WITHDRAWN.replace("pcx-0a1b2c3d4e5f60718", "pcx-00000000"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void one_that_was_admitted_again_meanwhile_stays() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16"));
    assertThat(delete()).isEqualTo(Invoked.json("{'state': 'WANTED_AGAIN'}"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_repeated_run_that_finds_it_gone_tells_nobody_again() {
    delete();
    repeated = true;
    assertThat(delete()).isEqualTo(Invoked.json("{'state': 'GONE'}"));
  }

  @Test
  void a_repeated_run_that_has_to_delete_it_tells() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    repeated = true;
    assertThat(delete().get("state").asText()).isEqualTo("DELETED");
  }

  @Test
  void one_that_was_asked_for_anew_meanwhile_is_named() {
    world.put(Samples.request(PeeringStatus.DELETED));
    PeeringId next = new PeeringId("pcx-00000001");
    world.put(
        new Peering(
            next,
            PeeringStatus.ACTIVE,
            Samples.serviceSide(),
            Samples.hubSide(),
            Map.of(Tags.BY, "tag")));
    assertThat(delete().get("successor").asText()).isEqualTo(next.value());
  }

  @Test
  void a_second_time_says_the_same_and_changes_nothing() {
    JsonNode first = delete();
    world.transcript().forget();
    assertThat(first.get("lookAt").asText()).isEqualTo("210987654321");
    assertThat(delete().get("notice")).isEqualTo(first.get("notice"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void what_is_left_in_the_service_account_is_told() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
    parted =
        "[{'changes': []}, {'left': 'its routes', 'error': 'io.peerway.model.error.Throttled'}]";
    assertThat(delete().at("/notice/message").asText()).contains("its routes (Throttled)");
  }

  private JsonNode delete() {
    return delete(Inputs.WITHDRAWN);
  }

  private JsonNode delete(String connection) {
    return Invoked.step(
        new DeletePeeringHandler(world.hub()),
        "{'connection': %s, 'reason': 'the service VPC is deleted', 'repeated': %s, 'parted': %s, 'execution': 'e'}"
            .formatted(connection, repeated, parted));
  }
}
