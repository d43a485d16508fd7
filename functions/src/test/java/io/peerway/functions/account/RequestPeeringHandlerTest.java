package io.peerway.functions.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Invoked;
import io.peerway.model.error.Denied;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestPeeringHandlerTest {

  private static final String INPUT =
      "{'accountId': '210987654321', 'region': 'eu-west-1', 'vpcId': 'vpc-0bbbbbbbbbbbbbbbb', 'execution': 'e'}";

  private final World world = World.sample();
  private final List<String> log = new ArrayList<>();

  RequestPeeringHandlerTest() {
    world.put(Samples.request(PeeringStatus.DELETED));
  }

  @Test
  void the_service_account_asks_the_hub() {
    PeeringId id = new PeeringId(request().get("peeringId").asText());
    Peering asked = world.peering(id);
    assertThat(id).isNotEqualTo(Samples.PEERING);
    assertThat(asked.status()).isEqualTo(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(asked.requester().vpc()).isEqualTo(Samples.SERVICE_VPC);
    assertThat(asked.requester().account()).isEqualTo(Samples.SERVICE_ACCOUNT);
    assertThat(asked.accepter()).isEqualTo(Samples.hubSide());
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: vpc-0aaaaaaaaaaaaaaaa",
            "  hub: peering connections",
            "! 210987654321: ask for a peering of vpc-0bbbbbbbbbbbbbbbb with vpc-0aaaaaaaaaaaaaaaa",
            "! hub: tag " + id + " {peerway:by=tag}");
    assertThat(asked.isByTag()).isTrue();
    assertThat(log).containsExactly("asked for " + id + " from vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void a_second_time_names_the_same_peering_connection() {
    JsonNode first = request();
    assertThat(request()).isEqualTo(first);
    world.put(
        Samples.in(
            world.peering(new PeeringId(first.get("peeringId").asText())), PeeringStatus.ACTIVE));
    assertThat(request()).isEqualTo(first);
  }

  @Test
  void an_account_that_cannot_be_entered_any_more_is_named() {
    world.close(Samples.SERVICE_ACCOUNT);
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(this::request)
        .withMessageContaining("210987654321");
  }

  @Test
  void without_the_hub_vpc_nothing_is_asked() {
    world.put(new Vpc(Samples.HUB_VPC, Samples.OTHER_ACCOUNT, Samples.HUB_CIDRS, Map.of()));
    assertThatExceptionOfType(NotYetVisible.class).isThrownBy(this::request);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void an_input_without_a_region_is_malformed() {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> Invoked.step(handler(), INPUT.replace("'region': 'eu-west-1', ", "")))
        .withMessageContaining("region is missing");
  }

  private JsonNode request() {
    return Invoked.step(handler(), INPUT);
  }

  private RequestPeeringHandler handler() {
    return new RequestPeeringHandler(FakeAws.with(world).log(log::add).aws());
  }
}
