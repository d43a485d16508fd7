package io.peerway.functions.connect;

import static io.peerway.functions.Invoked.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.HubNetworkDecorator;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.Tags;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptHandlerTest {

  private static final String CLAIM = "10.110.0.0/16 10.120.0.0/24";
  private static final PeeringId LOWER = new PeeringId("pcx-00000000");

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  private final World world = World.sample();
  private Settings settings = Samples.settings();

  @BeforeEach
  void admitted() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, CLAIM));
  }

  @Test
  void accepts_once_and_then_says_how_far_things_are() {
    String tables = "['rtb-00000001', 'rtb-00000002', 'rtb-00000003']";
    String pending = "{'state': 'PENDING', 'waitSeconds': 2, 'tables': " + tables + "}";
    assertThat(accept()).isEqualTo(json(pending));
    String before = "{'acceptance': " + pending + "}";
    assertThat(accept(before)).isEqualTo(json(pending));
    world.settle();
    assertThat(accept(before))
        .isEqualTo(
            json(
                """
                {'state': 'ACTIVE', 'waitSeconds': 0, 'tables': %s,
                 'nat': {'clients': ['172.168.0.0/24'],
                         'services': ['10.110.0.0/16', '10.120.0.0/24'], 'unclaimed': [],
                         'generation': 1795420800000}}"""
                    .formatted(tables)));
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: peering connections",
            "  hub: route tables of vpc-0aaaaaaaaaaaaaaaa",
            "! hub: accept pcx-0a1b2c3d4e5f60718",
            "  hub: peering connections",
            "  hub: peering connections");
  }

  @Test
  void a_request_that_the_hub_sent_is_accepted_by_the_service() {
    world.put(
        new Peering(
            Samples.PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.hubSide(),
            Samples.serviceSide(),
            Map.of(Tags.CIDRS, CLAIM)));
    Invoked.step(handler(), Inputs.askedByHub(Inputs.STEP));
    assertThat(world.transcript().changes())
        .containsExactly("210987654321: accept pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void loses_to_an_overlapping_claim_that_came_first() {
    world.put(Samples.other(LOWER, PeeringStatus.PENDING_ACCEPTANCE, "10.120.0.0/16"));
    JsonNode answer = accept();
    assertThat(answer.get("state").asText()).isEqualTo("REFUSED");
    assertThat(answer.at("/refusal/rule").asText()).isEqualTo("ApartFromOtherServices");
    assertThat(answer.at("/refusal/reason").asText()).contains("10.120.0.0/16", "pcx-00000000");
    assertThat(world.transcript().changes())
        .singleElement()
        .asString()
        .startsWith("210987654321: vpc-0bbbbbbbbbbbbbbbb says refused ApartFromOtherServices: ");
  }

  @Test
  void waits_for_an_overlapping_claim_that_came_later_to_withdraw() {
    Peering later =
        Samples.other(Samples.OTHER_PEERING, PeeringStatus.PENDING_ACCEPTANCE, "10.120.0.0/16");
    world.put(later);
    assertThat(accept()).isEqualTo(json("{'state': 'PENDING', 'waitSeconds': 15}"));
    world.put(Samples.in(later, PeeringStatus.REJECTED));
    assertThat(accept().get("waitSeconds").asInt()).isEqualTo(2);
    assertThat(world.transcript().changes()).hasSize(1);
  }

  @Test
  void does_not_join_one_that_was_accepted_by_hand_and_overlaps_another() {
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.ACTIVE));
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.120.0.0/16"));
    assertThat(accept().get("state").asText()).isEqualTo("REFUSED");
  }

  @Test
  void does_not_decide_before_its_own_claim_is_visible() {
    world.put(Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(this::accept)
        .withMessageContainingAll("pcx-0a1b2c3d4e5f60718", "10.110.0.0/16");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "REJECTED", "DELETING", "DELETED"})
  void one_that_is_over_is_gone(PeeringStatus status) {
    world.put(Samples.in(world.peering(Samples.PEERING), status));
    assertThat(accept()).isEqualTo(json("{'state': 'GONE', 'waitSeconds': 0}"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_listing_that_lags_behind_is_asked_again() {
    HubNetwork behind = new BehindListing(world.hub().apply(Samples.PEERING));
    AcceptHandler handler =
        new AcceptHandler(FakeAws.with(world).hub(id -> behind).clock(CLOCK).aws());
    assertThat(Invoked.step(handler, Inputs.STEP))
        .isEqualTo(json("{'state': 'PENDING', 'waitSeconds': 2}"));
    assertThat(world.transcript().changes()).isEmpty();
  }

  /** Shows by id what it does not list yet. */
  private record BehindListing(HubNetwork network) implements HubNetworkDecorator {
    @Override
    public Complete<Peering> livePeerings() {
      return new Complete<>(java.util.List.of());
    }
  }

  @Test
  void of_tables_that_have_some_of_the_routes_nothing_is_handed_on() {
    world.route(
        Samples.HUB_VPC,
        new Route(
            Samples.SERVICE_CIDRS.getFirst(), Samples.PEERING.value(), Route.State.BLACKHOLE));
    assertThat(accept().has("tables")).isFalse();
    world.settle();
    assertThat(accept().get("tables")).isEmpty();
  }

  @Test
  void a_route_of_others_at_the_hub_is_met_before_the_request_is_accepted() {
    world.route(
        Samples.HUB_VPC, new Route(Samples.SERVICE_CIDRS.getFirst(), "tgw-1", Route.State.ACTIVE));
    assertThatExceptionOfType(ForeignRoute.class).isThrownBy(this::accept);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void without_room_among_the_peering_connections_it_gives_up_its_claim_and_says_it_once() {
    settings = Samples.settings("PEERINGS_PER_VPC", "1");
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.200.0.0/16"));
    JsonNode answer = accept();
    assertThat(answer.get("state").asText()).isEqualTo("FULL");
    assertThat(answer.at("/notice/message").asText())
        .contains(
            "1 active peering connections", "of at most 1", "PeeringsPerVpc", "10.110.0.0/16");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(world.peering(Samples.PEERING).isClaimed()).isFalse();
    admitted();
    assertThat(accept()).isEqualTo(json("{'state': 'WAITING', 'waitSeconds': 0}"));

    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.DELETED, ""));
    admitted();
    assertThat(accept().get("state").asText()).isEqualTo("PENDING");
    assertThat(world.peering(Samples.PEERING).status()).isEqualTo(PeeringStatus.PROVISIONING);
    assertThat(world.peering(Samples.PEERING).tags()).containsEntry(Tags.WAITS_FOR, "");
  }

  @Test
  void without_room_in_a_route_table_nothing_is_accepted() {
    settings = Samples.settings("ROUTES_PER_TABLE", "2");
    JsonNode answer = accept();
    assertThat(answer.at("/notice/message").asText())
        .contains(
            "rtb-00000001 of vpc-0aaaaaaaaaaaaaaaa has 1 routes and would need 3",
            "of at most 2",
            "RoutesPerTable");
    assertThat(world.transcript().changes())
        .containsExactly(
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says waiting for room",
            "hub: tag pcx-0a1b2c3d4e5f60718 {peerway:cidrs=, peerway:waits-for-room=10.110.0.0/16"
                + " 10.120.0.0/24}");
  }

  private JsonNode accept() {
    return Invoked.step(handler(), Inputs.STEP);
  }

  private JsonNode accept(String before) {
    return Invoked.step(
        handler(),
        "{'connection': %s, 'before': %s, 'execution': 'e'}".formatted(Inputs.CONNECTION, before));
  }

  private AcceptHandler handler() {
    return new AcceptHandler(FakeAws.with(world).settings(settings).clock(CLOCK).aws());
  }
}
