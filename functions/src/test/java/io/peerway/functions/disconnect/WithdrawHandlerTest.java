package io.peerway.functions.disconnect;

import static io.peerway.functions.Invoked.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WithdrawHandlerTest {

  private final World world = World.sample();
  private final FakeOrganization organization = FakeOrganization.sample(world.transcript());
  private final List<String> log = new ArrayList<>();
  private Settings settings = Samples.settings();

  @BeforeEach
  void connectedByTag() {
    Peering active = Samples.request(PeeringStatus.ACTIVE);
    world.put(
        Samples.tagged(
            Samples.tagged(active, Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"), Tags.BY, "tag"));
    vpc(Map.of(Tags.CONNECT, "true"));
  }

  @Test
  void leaves_what_nothing_stands_against() {
    JsonNode answer = withdraw();
    assertThat(answer.get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    assertThat(answer.get("reason").asText()).contains("is active and nothing stands against it");
    assertThat(answer.has("connection")).isFalse();
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: pcx-0a1b2c3d4e5f60718",
            "  hub: vpc-0aaaaaaaaaaaaaaaa",
            "  organisation: account 210987654321",
            "  210987654321: vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void takes_the_claim_off_when_the_tag_is_gone_and_hands_on_a_connection_without_addresses() {
    vpc(Map.of());
    assertThat(withdraw())
        .isEqualTo(
            json(
                """
                {'outcome': 'WITHDRAWN',
                 'reason': 'vpc-0bbbbbbbbbbbbbbbb no longer has the tag peerway:connect=true',
                 'connection': %s, 'repeated': false, 'freezes': 'BY_HAND', 'freeze': ''}"""
                    .formatted(Inputs.WITHDRAWN)));
    assertThat(world.transcript().changes())
        .containsExactly(
            "hub: withdraw the claim of pcx-0a1b2c3d4e5f60718",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says ending");
    // A run that comes after one that was cut off has to find the same reason.
    assertThat(world.peering(Samples.PEERING).tags())
        .isEqualTo(Map.of(Tags.BY, "tag", Tags.CIDRS, ""));
    world.transcript().forget();
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void the_tag_put_back_just_before_the_claim_was_off_is_seen() {
    vpc(Map.of());
    world.beforeNextChange(() -> vpc(Map.of(Tags.CONNECT, "true")));
    JsonNode answer = withdraw();
    assertThat(answer.get("outcome").asText()).isEqualTo("WANTED_AGAIN");
    assertThat(answer.has("connection")).isFalse();
  }

  @Test
  void a_request_that_waits_by_a_tag_that_is_on_again_is_wanted_again() {
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.PENDING_ACCEPTANCE));
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WANTED_AGAIN");
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.BY, "request"));
    JsonNode byRequest = withdraw();
    assertThat(byRequest.get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    assertThat(world.transcript().changes()).isEmpty();
    assertThat(log)
        .as("what was decided, and why")
        .containsExactly(
            "WANTED_AGAIN: pcx-0a1b2c3d4e5f60718 waits to be accepted",
            "NOTHING_TO_DO: " + byRequest.get("reason").asText());
  }

  @Test
  void a_deleted_vpc_ends_it() {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.OTHER_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()));
    assertThat(withdraw().get("reason").asText()).isEqualTo("the service VPC is deleted");
  }

  @Test
  void a_closed_account_ends_it_without_being_entered() {
    organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(false));
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(withdraw().get("reason").asText()).contains("210987654321", "being closed");
    assertThat(world.transcript().lines())
        .noneMatch(line -> line.startsWith("  210987654321"))
        .contains("! hub: withdraw the claim of pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void an_account_that_cannot_be_entered_leaves_open_whether_the_tag_is_off_and_that_is_told() {
    vpc(Map.of());
    world.close(Samples.SERVICE_ACCOUNT);
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(this::withdraw)
        .withMessageContainingAll(
            "pcx-0a1b2c3d4e5f60718: whether it has to end hangs on vpc-0bbbbbbbbbbbbbbbb",
            "210987654321",
            "peerway:decision=refuse");
    assertThat(world.transcript().changes()).isEmpty();
    world.open(Samples.SERVICE_ACCOUNT);
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
  }

  @Test
  void what_people_asked_for_does_not_hang_on_an_account_that_cannot_be_entered() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.BY, "request"));
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(withdraw().get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
  }

  @Test
  void an_account_that_cannot_be_entered_holds_up_no_other_reason() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
  }

  @Test
  void a_move_out_of_the_allowed_units_ends_it() {
    settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    organization.put(
        Samples.SERVICE_ACCOUNT,
        new Membership.Member(Samples.ORGANIZATION, true, List.of("r-abcd")));
    assertThat(withdraw().get("reason").asText()).contains("r-abcd", "ou-abcd-11111111");
    assertThat(world.transcript().lines())
        .contains("  organisation: account 210987654321 and its parents");
  }

  @Test
  void a_persons_refusal_ends_it_and_stays_to_be_read() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    assertThat(withdraw().get("reason").asText()).contains("peerway:decision=refuse");
    assertThat(world.peering(Samples.PEERING).tags()).containsEntry(Tags.DECISION, "refuse");
    assertThat(world.transcript().changes())
        .containsExactly(
            "hub: note on vpc-0aaaaaaaaaaaaaaaa that vpc-0bbbbbbbbbbbbbbbb is refused",
            "hub: withdraw the claim of pcx-0a1b2c3d4e5f60718",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says ending");
    // The claim is off; the reason is still there for a second run.
    world.transcript().forget();
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_persons_refusal_waits_for_nobody_else() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    organization.fail(Samples.SERVICE_ACCOUNT);
    world.fail(
        Samples.SERVICE_ACCOUNT, () -> new Unavailable("no answer", new IllegalStateException()));
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(world.transcript().changes())
        .contains("hub: withdraw the claim of pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void a_persons_refusal_of_the_vpc_ends_the_next_request_that_was_let_in_before_it_was_noted() {
    HubNetwork hub = world.hub().apply(Samples.PEERING);
    hub.ensureRefused(Samples.HUB_VPC, Samples.SERVICE_VPC, Samples.OTHER_PEERING);
    world.close(Samples.SERVICE_ACCOUNT);
    JsonNode answer = withdraw();
    assertThat(answer.get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(answer.get("reason").asText()).contains("peerway:refused:vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void a_refusal_that_the_hub_vpc_has_no_room_for_ends_it_and_says_so() {
    world.fillTags(Samples.HUB_VPC);
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    JsonNode answer = withdraw();
    assertThat(answer.get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(answer.get("reason").asText())
        .contains(
            "peerway:decision=refuse",
            "could not be noted: vpc-0aaaaaaaaaaaaaaaa has no room for another tag",
            "Take the notes of VPCs that are gone (tags peerway:refused:vpc-…) off");
    assertThat(world.peering(Samples.PEERING).claim()).isEmpty();
  }

  static Stream<PeerwayException> failures() {
    Throwable cause = new IllegalStateException();
    return Stream.of(
        new RefusedByAws("read the VPC: InternalFailure", cause),
        new Throttled("RequestLimitExceeded", cause),
        new Unavailable("no answer", cause));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_vpc_that_decides_and_cannot_be_read_is_not_taken_for_one_that_nothing_stands_against(
      PeerwayException e) {
    vpc(Map.of());
    world.fail(Samples.SERVICE_ACCOUNT, () -> e);
    assertThatThrownBy(this::withdraw).isSameAs(e);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "REJECTED", "DELETING", "DELETED"})
  void one_that_is_over_ends_with_the_account_closed_as_well(PeeringStatus status) {
    world.put(Samples.in(world.peering(Samples.PEERING), status));
    world.close(Samples.SERVICE_ACCOUNT);
    organization.fail(Samples.SERVICE_ACCOUNT);
    JsonNode first = withdraw();
    assertThat(first.get("reason").asText()).contains(status.code());
    // Neither the organisation nor the account can hold it up.
    assertThat(world.transcript().lines()).allMatch(line -> line.substring(2).startsWith("hub: "));
    world.transcript().forget();
    JsonNode second = withdraw();
    assertThat(second.get("reason")).isEqualTo(first.get("reason"));
    assertThat(first.get("repeated").asBoolean()).isFalse();
    assertThat(second.get("repeated").asBoolean()).isTrue();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void what_people_accepted_and_was_never_let_in_is_left_without_a_look_at_its_account() {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    world.put(Samples.request(PeeringStatus.ACTIVE));
    JsonNode answer = withdraw();
    assertThat(answer.get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    assertThat(world.transcript().lines()).containsExactly("  hub: pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void what_lost_its_claim_and_may_come_back_is_left_to_connect() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "request"));
    assertThat(withdraw().get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
  }

  @Test
  void what_has_begun_to_end_and_lost_its_addresses_to_another_ends() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, ""));
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/16"));
    JsonNode answer = withdraw();
    assertThat(answer.get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(answer.get("reason").asText())
        .startsWith("ApartFromOtherServices: 10.110.0.0/16")
        .contains("pcx-0ffffffffffffffff");
    assertThat(world.transcript().changes()).isEmpty();
  }

  // A version before this one took the tag off altogether: its reason is still there, or the
  // connection comes back.
  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense"})
  void what_has_lost_its_claim_is_marked_as_withdrawn_when_it_has_to_end(String claim) {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    Peering lost = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "request");
    world.put(claim.isEmpty() ? lost : Samples.tagged(lost, Tags.CIDRS, claim));
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(world.peering(Samples.PEERING).isWithdrawn()).isTrue();
  }

  @Test
  void a_request_that_was_never_let_in_and_is_over_gets_no_mark() {
    world.put(Samples.request(PeeringStatus.REJECTED));
    assertThat(withdraw().get("repeated").asBoolean()).isTrue();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_run_that_was_cut_off_is_completed_by_the_next() {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    world.cutOffAfter(0);
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(this::withdraw);
    world.mend();
    assertThat(withdraw().get("outcome").asText()).isEqualTo("WITHDRAWN");
    assertThat(world.transcript().changes())
        .containsExactly(
            "hub: withdraw the claim of pcx-0a1b2c3d4e5f60718",
            "210987654321: vpc-0bbbbbbbbbbbbbbbb says ending");
  }

  @Test
  void one_that_ec2_does_not_show_any_more_is_left() {
    assertThat(Invoked.step(handler(), "{'peeringId': 'pcx-00000000'}").get("outcome").asText())
        .isEqualTo("NOTHING_TO_DO");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_peering_of_other_vpcs_is_left() {
    settings = Samples.settings("HUB_VPC_ID", "vpc-0eeeeeeeeeeeeeeee");
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.DELETED));
    assertThat(withdraw().get("outcome").asText()).isEqualTo("NOTHING_TO_DO");
    assertThat(world.transcript().lines()).containsExactly("  hub: pcx-0a1b2c3d4e5f60718");
  }

  private void vpc(Map<String, String> tags) {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags));
  }

  private JsonNode withdraw() {
    return Invoked.step(handler(), "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'execution': 'e'}");
  }

  private WithdrawHandler handler() {
    return new WithdrawHandler(
        FakeAws.with(world).settings(settings).organization(organization).log(log::add).aws());
  }
}
