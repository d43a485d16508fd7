package io.peerway.functions.connect;

import static io.peerway.functions.Invoked.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.error.InvalidSettings;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.UnknownPeering;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmitHandlerTest {

  private final World world = World.sample();
  private final FakeOrganization organization = FakeOrganization.sample(world.transcript());
  private Settings settings = Samples.settings();
  private Instant now = Instant.parse("2026-11-23T08:00:00Z");

  @Test
  void what_a_person_refuses_ends_though_its_account_lets_nobody_look() {
    world.put(
        Samples.tagged(
            Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16"),
            Tags.DECISION,
            "refuse"));
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(admit().get("outcome").asText()).isEqualTo("OVER");
    assertThat(world.transcript().lines()).containsExactly("  hub: peering connections");
  }

  @Test
  void reads_everything_itself_and_writes_the_claim() {
    assertThat(admit())
        .isEqualTo(
            json(
                "{'outcome': 'ADMITTED', 'connection': %s, 'slips': '', 'asked': 0}"
                    .formatted(Inputs.CONNECTION)));
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: peering connections",
            "  organisation: account 210987654321",
            "  210987654321: vpc-0bbbbbbbbbbbbbbbb",
            "  hub: vpc-0aaaaaaaaaaaaaaaa",
            "! hub: tag pcx-0a1b2c3d4e5f60718 {peerway:by=request, peerway:cidrs=10.110.0.0/16"
                + " 10.120.0.0/24, peerway:let-in=%s e}".formatted(now));
  }

  @Test
  void the_account_s_name_and_when_it_was_let_in_are_noted_for_people() {
    organization.put(
        Samples.SERVICE_ACCOUNT,
        new Membership.Member(Samples.ORGANIZATION, true, List.of(), "pay\u202ements <b>"));
    admit();
    assertThat(world.peering(Samples.PEERING).tags())
        .containsEntry(Tags.ACCOUNT, "pay?ments <b>")
        .containsEntry(Tags.LET_IN, now + " e");
  }

  @Test
  void a_second_time_answers_the_same_and_changes_nothing() {
    JsonNode first = admit();
    world.transcript().forget();
    assertThat(admit()).isEqualTo(first);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_claim_of_before_gets_the_mark_of_who_asked() {
    connected("10.110.0.0/16 10.120.0.0/24");
    admit();
    assertThat(world.transcript().changes())
        .containsExactly("hub: tag pcx-0a1b2c3d4e5f60718 {peerway:by=request}");
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            Samples.SERVICE_CIDRS,
            Map.of(Tags.CONNECT, "true")));
    admit();
    assertThat(world.peering(Samples.PEERING).isByTag()).isTrue();
  }

  @Test
  void a_new_cidr_of_the_service_vpc_renews_the_claim() {
    admit();
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            Cidr.list("10.110.0.0/16 10.120.0.0/24 10.130.0.0/24"),
            Map.of()));
    admit();
    assertThat(world.peering(Samples.PEERING).claim())
        .isEqualTo(Cidr.list("10.110.0.0/16 10.120.0.0/24 10.130.0.0/24"));
  }

  @Test
  void a_new_cidr_that_is_refused_is_left_out_and_told_once() {
    connected("10.110.0.0/16 10.120.0.0/24 100.64.0.0/16");
    JsonNode first = admit();
    assertThat(first.get("outcome").asText()).isEqualTo("ADMITTED_IN_PART");
    assertThat(first.at("/connection/service/cidrs"))
        .isEqualTo(json("['10.110.0.0/16', '10.120.0.0/24']"));
    assertThat(first.at("/notice/message").asText())
        .contains("100.64.0.0/16", "10.0.0.0/8", "stays connected");
    assertThat(world.transcript().changes())
        .containsExactly(
            "hub: tag pcx-0a1b2c3d4e5f60718 {peerway:by=request, peerway:left-out=100.64.0.0/16}");
    world.transcript().forget();

    JsonNode second = admit();
    assertThat(second.get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    assertThat(second.get("connection")).isEqualTo(first.get("connection"));
    assertThat(world.transcript().changes()).isEmpty();

    connected("10.110.0.0/16 10.120.0.0/24");
    assertThat(admit().get("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(world.peering(Samples.PEERING).leftOut()).isEmpty();
  }

  private void connected(String cidrs) {
    if (world.peering(Samples.PEERING).status() != PeeringStatus.ACTIVE) {
      world.put(
          Samples.tagged(
              Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"));
    }
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Cidr.list(cidrs), Map.of()));
  }

  @Test
  void a_cidr_that_comes_just_before_an_older_claim_is_written_is_seen() {
    connected("10.110.0.0/16");
    world.beforeNextChange(() -> connected("10.110.0.0/16 10.130.0.0/16"));
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(this::admit)
        .withMessageContaining("10.130.0.0/16");
    assertThat(admit().at("/connection/service/cidrs"))
        .isEqualTo(json("['10.110.0.0/16', '10.130.0.0/16']"));
  }

  @Test
  void a_persons_refusal_that_cannot_be_noted_is_rejected_all_the_same_and_says_so() {
    world.fillTags(Samples.HUB_VPC);
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    JsonNode answer = admit();
    assertThat(answer.get("outcome").asText()).isEqualTo("REFUSED");
    assertThat(answer.at("/refusal/reason").asText())
        .contains("peerway:decision=refuse", "has no room for another tag");
  }

  @Test
  void a_persons_refusal_is_noted_on_the_hub_vpc_and_holds_for_the_next_request() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    assertThat(admit().at("/refusal/rule").asText()).isEqualTo("Decision");
    assertThat(world.transcript().changes())
        .containsExactly(
            "hub: note on vpc-0aaaaaaaaaaaaaaaa that vpc-0bbbbbbbbbbbbbbbb is refused");
    world.transcript().forget();

    world.put(Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    assertThat(admit().at("/refusal/reason").asText())
        .contains("peerway:refused:vpc-0bbbbbbbbbbbbbbbb");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_request_of_a_tag_that_waits_for_approval_is_marked_so_that_the_tag_can_take_it_back() {
    settings = Samples.settings("APPROVAL", "manual");
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            Samples.SERVICE_CIDRS,
            Map.of(Tags.CONNECT, "true")));
    admit();
    admit();
    assertThat(world.transcript().changes())
        .containsExactly("hub: tag pcx-0a1b2c3d4e5f60718 {peerway:by=tag}");
  }

  @Test
  void the_tag_taken_off_just_before_the_claim_is_seen() {
    Vpc vpc =
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, Map.of());
    world.put(new Vpc(vpc.id(), vpc.owner(), vpc.cidrs(), Map.of(Tags.CONNECT, "true")));
    world.beforeNextChange(() -> world.put(vpc));
    JsonNode answer = admit();
    assertThat(answer.get("outcome").asText()).isEqualTo("OVER");
    assertThat(answer.get("reason").asText()).contains("vpc-0bbbbbbbbbbbbbbbb", "peerway:connect");
    assertThat(world.peering(Samples.PEERING).tags()).containsEntry(Tags.BY, "tag");
  }

  @Test
  void a_strangers_account_is_not_entered() {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    JsonNode answer = admit();
    assertThat(answer.get("outcome").asText()).isEqualTo("REFUSED");
    assertThat(answer.at("/refusal/rule").asText()).isEqualTo("RequesterInOrganisation");
    assertThat(answer.at("/refusal/reason").asText()).contains("210987654321");
    assertThat(world.transcript().lines())
        .noneMatch(line -> line.startsWith("  210987654321"))
        .noneMatch(line -> line.startsWith("!"));
  }

  @Test
  void an_overlap_is_refused_without_a_claim() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.128.0/20"));
    JsonNode answer = admit();
    assertThat(answer.at("/refusal/rule").asText()).isEqualTo("ApartFromOtherServices");
    assertThat(answer.at("/refusal/reason").asText())
        .contains("10.110.0.0/16", "10.110.128.0/20", "pcx-0ffffffffffffffff");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void manual_approval_waits_without_a_claim_until_somebody_tags_it() {
    settings = Samples.settings("APPROVAL", "manual");
    JsonNode answer = admit();
    assertThat(answer.get("outcome").asText()).isEqualTo("WAITING_FOR_APPROVAL");
    assertThat(answer.at("/notice/subject").asText()).contains("waits for approval");
    assertThat(answer.at("/notice/message").asText()).contains("peerway:decision=approve");
    admit();
    assertThat(world.transcript().changes())
        .containsExactly("hub: tag pcx-0a1b2c3d4e5f60718 {peerway:by=waiting}");
    assertThat(world.peering(Samples.PEERING).wasLetIn()).isFalse();

    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "approve"));
    assertThat(admit().get("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(world.peering(Samples.PEERING).tags()).containsEntry(Tags.BY, "request");
  }

  @Test
  void a_request_that_the_hub_sent_is_to_be_accepted_by_the_service() {
    world.put(
        new Peering(
            Samples.PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.hubSide(),
            Samples.serviceSide(),
            Map.of()));
    JsonNode answer = admit();
    assertThat(answer.at("/connection/accepter").asText()).isEqualTo("SERVICE");
    assertThat(answer.at("/connection/service/vpc").asText()).isEqualTo("vpc-0bbbbbbbbbbbbbbbb");
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "REJECTED", "DELETING", "DELETED"})
  void nothing_is_done_for_one_that_is_over(PeeringStatus status) {
    world.put(Samples.request(status));
    JsonNode answer = admit();
    assertThat(answer.get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    assertThat(answer.get("reason").asText()).contains("pcx-0a1b2c3d4e5f60718", status.code());
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void nothing_is_done_for_a_peering_of_other_vpcs() {
    settings = Samples.settings("HUB_VPC_ID", "vpc-0eeeeeeeeeeeeeeee");
    assertThat(admit().get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    assertThat(world.transcript().lines()).containsExactly("  hub: peering connections");
  }

  @Test
  void an_id_that_ec2_does_not_know_may_become_visible_yet() {
    assertThatExceptionOfType(UnknownPeering.class)
        .isThrownBy(() -> Invoked.step(handler(), "{'peeringId': 'pcx-00000000'}"))
        .withMessageContaining("pcx-00000000");
  }

  @Test
  void a_vpc_that_the_account_does_not_show_as_its_own_is_not_believed() {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.OTHER_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()));
    assertThatExceptionOfType(NotYetVisible.class).isThrownBy(this::admit);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_missing_role_is_named() {
    world.close(Samples.SERVICE_ACCOUNT);
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(this::admit)
        .withMessageContaining("210987654321");
  }

  @Test
  void a_client_pool_inside_the_hub_vpc_stops_the_function() {
    world.put(
        new Vpc(
            Samples.HUB_VPC,
            Samples.HUB_ACCOUNT,
            Cidr.list("10.100.0.0/16 172.168.0.0/20"),
            Map.of()));
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(this::admit)
        .withMessageStartingWith("CLIENT_POOL_CIDRS: 172.168.0.0/24 overlaps 172.168.0.0/20");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void parents_are_asked_for_only_where_units_are_set() {
    settings = Samples.settings("ALLOWED_UNITS", "r-abcd");
    assertThat(admit().at("/refusal/rule").asText()).isEqualTo("RequesterInOrganisation");
    assertThat(world.transcript().lines())
        .contains("  organisation: account 210987654321 and its parents");
  }

  // ---- what somebody has taken away -------------------------------------------------------------

  private static final String MENDS =
      "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'execution': '%s', 'input': {'peeringId':"
          + " 'pcx-0a1b2c3d4e5f60718', 'mends': {'what': 'it', 'by': 'anna', 'tags': %s, 'tell':"
          + " %s}}}";

  private static final String TAGS_OFF = MENDS.formatted("e", true, true);

  private void connectedAndRouted() {
    connected("10.110.0.0/16 10.120.0.0/24");
    admit();
    Samples.SERVICE_CIDRS.forEach(
        cidr ->
            world
                .hub()
                .apply(Samples.PEERING)
                .apply(
                    new Change.AddRoute(new RouteTableId("rtb-00000001"), cidr, Samples.PEERING)));
    world.transcript().forget();
  }

  private void strip() {
    world.put(Samples.request(PeeringStatus.ACTIVE));
  }

  @Test
  void tags_that_somebody_took_off_are_written_again_and_that_is_told() {
    connectedAndRouted();
    strip();
    JsonNode answer = Invoked.step(handler(), TAGS_OFF);
    assertThat(answer.get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    assertThat(answer.at("/restored/message").asText())
        .contains("anna", "[10.110.0.0/16, 10.120.0.0/24]", "ignore_tags");
    assertThat(world.transcript().changes())
        .containsExactly(
            "hub: tag pcx-0a1b2c3d4e5f60718 {peerway:by=request, peerway:cidrs=10.110.0.0/16"
                + " 10.120.0.0/24}");
    // A function that died before it answered is asked again.
    assertThat(Invoked.step(handler(), TAGS_OFF)).isEqualTo(answer);
    assertThat(Invoked.step(handler(), MENDS.formatted("e", true, false)).has("restored"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "10.110.0.0/16; drop"})
  void a_claim_that_somebody_wrote_over_is_written_again(String damaged) {
    connectedAndRouted();
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, damaged));
    assertThat(admit().get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    assertThat(world.peering(Samples.PEERING).claim()).isEqualTo(Samples.SERVICE_CIDRS);
  }

  @Test
  void with_manual_approval_no_more_comes_back_than_the_hubs_routes_show() {
    connectedAndRouted();
    settings = Samples.settings("APPROVAL", "manual");
    connected("10.110.0.0/16 10.120.0.0/24 10.130.0.0/16");
    strip();
    JsonNode answer = Invoked.step(handler(), TAGS_OFF);
    assertThat(answer.get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    assertThat(answer.at("/connection/service/cidrs"))
        .isEqualTo(json("['10.110.0.0/16', '10.120.0.0/24']"));
    assertThat(world.peering(Samples.PEERING).claim()).isEqualTo(Samples.SERVICE_CIDRS);
    assertThat(world.peering(Samples.PEERING).leftOut()).isEqualTo(Cidr.list("10.130.0.0/16"));
  }

  @Test
  void what_was_refused_before_stays_out_when_the_tags_come_back() {
    connectedAndRouted();
    connected("10.110.0.0/16 10.120.0.0/24 100.64.0.0/16");
    strip();
    JsonNode answer = Invoked.step(handler(), TAGS_OFF);
    assertThat(answer.get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    assertThat(world.peering(Samples.PEERING).claim()).isEqualTo(Samples.SERVICE_CIDRS);
    assertThat(world.peering(Samples.PEERING).leftOut()).isEqualTo(Cidr.list("100.64.0.0/16"));
  }

  @Test
  void what_people_made_by_hand_and_nobody_has_let_in_is_news() {
    connected("10.110.0.0/16 10.120.0.0/24");
    strip();
    JsonNode answer = Invoked.step(handler(), TAGS_OFF);
    assertThat(answer.get("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(answer.has("restored")).isFalse();
  }

  @Test
  void what_is_removed_again_and_again_is_told_once_and_left_to_the_hourly_run() {
    connectedAndRouted();
    for (int time = 1; time <= 3; time++) {
      assertThat(removed("e" + time).get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    }
    JsonNode told = removed("e4");
    assertThat(told.get("outcome").asText()).isEqualTo("LEFT_TO_RECONCILE");
    assertThat(told.at("/notice/message").asText())
        .contains("more than 3 times", "missing at last: it: anna");
    // A function that died before it answered is asked again; another run says nothing.
    assertThat(removed("e4")).isEqualTo(told);
    assertThat(removed("e5").get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    // The hourly run says nothing of what was removed, and restores.
    assertThat(admit().get("outcome").asText()).isEqualTo("STILL_ADMITTED");
    now = now.plus(Duration.ofMinutes(61));
    assertThat(removed("e6").get("outcome").asText()).isEqualTo("STILL_ADMITTED");
  }

  private JsonNode removed(String execution) {
    return Invoked.step(handler(), MENDS.formatted(execution, false, false));
  }

  private JsonNode admit() {
    return Invoked.step(handler(), "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'execution': 'e'}");
  }

  private AdmitHandler handler() {
    return new AdmitHandler(
        FakeAws.with(world)
            .settings(settings)
            .organization(organization)
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .aws());
  }
}
