package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Membership;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSight;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WithdrawalTest {

  private static final VpcSight UNKNOWN = new VpcSight.Unknown("its account could not be entered");

  private static final Map<String, String> REFUSED =
      Map.of("peerway:refused:vpc-0bbbbbbbbbbbbbbbb", "pcx-0ffffffffffffffff");

  private Peering peering =
      Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16");
  private Vpc hub = hub(Map.of());
  private Membership membership = FakeOrganization.member(true);
  private VpcSight sight = seen(Map.of(Tags.CONNECT, "true"));
  private Settings settings = Samples.settings();

  @Test
  void nothing_ends_what_nothing_stands_against() {
    assertThat(reason()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "REJECTED", "DELETING", "DELETED"})
  void a_peering_connection_that_is_over_ends_it_whatever_else_is_known(PeeringStatus status) {
    peering = Samples.in(peering, status);
    assertEnds("the peering connection is " + status.code());
    sight = UNKNOWN;
    assertEnds(status.code());
  }

  @Test
  void a_persons_refusal_ends_it_and_no_other_word_does() {
    peering = Samples.tagged(peering, Tags.DECISION, "refuse");
    assertEnds("peerway:decision=refuse");
    for (String word : List.of("Refuse", "approve", "")) {
      peering = Samples.tagged(peering, Tags.DECISION, word);
      assertThat(reason()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING_ACCEPTANCE", "PROVISIONING", "ACTIVE"})
  void a_refusal_of_its_vpc_that_is_noted_ends_what_was_let_in_before(PeeringStatus status) {
    peering = Samples.in(peering, status);
    hub = hub(REFUSED);
    assertEnds("vpc-0bbbbbbbbbbbbbbbb", "peerway:refused:vpc-0bbbbbbbbbbbbbbbb");
    // What people have accepted by hand stays; a request that is new, admission refuses.
    peering = Samples.request(status);
    assertThat(reason()).isEmpty();
    hub = hub(Map.of("peerway:refused:vpc-0ffffffffffffffff", "pcx-0ffffffffffffffff"));
    peering = Samples.tagged(peering, Tags.BY, "tag");
    assertThat(reason()).isEmpty();
  }

  @Test
  void an_account_that_left_the_organisation_ends_it() {
    membership = new Membership.Stranger();
    assertEnds("210987654321", Samples.ORGANIZATION);
    membership = new Membership.Member("o-another00000", true, List.of());
    assertEnds("210987654321", "o-another00000");
  }

  @Test
  void an_account_that_is_being_closed_ends_it() {
    membership = FakeOrganization.member(false);
    assertEnds("210987654321", "suspended or being closed");
  }

  @Test
  void a_move_out_of_the_allowed_units_ends_it() {
    settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-22222222");
    membership = new Membership.Member(Samples.ORGANIZATION, true, List.of("ou-abcd-11111111"));
    assertEnds("ou-abcd-11111111", "ou-abcd-22222222");
    membership =
        new Membership.Member(
            Samples.ORGANIZATION, true, List.of("ou-abcd-33333333", "ou-abcd-22222222"));
    assertThat(reason()).isEmpty();
  }

  @Test
  void a_deleted_vpc_ends_it() {
    sight = new VpcSight.Gone();
    assertEnds("the service VPC is deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "True", "yes", ""})
  void the_tag_taken_off_or_changed_ends_what_the_tag_had_asked_for(String value) {
    peering = Samples.tagged(peering, Tags.BY, "tag");
    assertThat(reason()).isEmpty();
    sight = seen(Map.of(Tags.CONNECT, value));
    assertEnds("vpc-0bbbbbbbbbbbbbbbb", "peerway:connect=true");
    sight = seen(Map.of());
    assertEnds("vpc-0bbbbbbbbbbbbbbbb", "peerway:connect=true");
  }

  @Test
  void what_was_asked_for_by_hand_needs_no_tag() {
    sight = seen(Map.of());
    assertThat(reason()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"INITIATING_REQUEST", "PENDING_ACCEPTANCE", "PROVISIONING", "ACTIVE"})
  void a_vpc_that_could_not_be_seen_never_ends_it(PeeringStatus status) {
    sight = UNKNOWN;
    for (Map<String, String> tags :
        List.of(
            Map.<String, String>of(),
            Map.of(Tags.BY, "tag"),
            Map.of(Tags.BY, "tag", Tags.CIDRS, "10.110.0.0/16", Tags.DECISION, "approve"))) {
      peering = Samples.request(status);
      tags.forEach((key, value) -> peering = Samples.tagged(peering, key, value));
      assertThat(reason()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PROVISIONING", "ACTIVE"})
  void what_people_accepted_and_was_never_let_in_only_people_end(PeeringStatus status) {
    peering = Samples.request(status);
    membership = new Membership.Stranger();
    sight = new VpcSight.Gone();
    assertThat(reason()).isEmpty();
    peering = Samples.tagged(peering, Tags.DECISION, "refuse");
    assertEnds("peerway:decision=refuse");
    peering = Samples.in(Samples.request(status), PeeringStatus.DELETED);
    assertEnds("the peering connection is deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "request"})
  void what_was_let_in_ends_without_its_claim_as_well(String asked) {
    peering = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, asked);
    membership = new Membership.Stranger();
    assertEnds("210987654321");
  }

  @Test
  void it_is_half_ended_where_it_is_accepted_and_its_claim_was_withdrawn() {
    assertThat(Withdrawal.isHalfEnded(peering)).isFalse();
    Peering active = Samples.request(PeeringStatus.ACTIVE);
    assertThat(Withdrawal.isHalfEnded(active)).isFalse();
    assertThat(Withdrawal.isHalfEnded(Samples.tagged(active, Tags.BY, "request"))).isFalse();
    Peering withdrawn = Samples.tagged(active, Tags.CIDRS, "");
    assertThat(Withdrawal.isHalfEnded(withdrawn)).isTrue();
    assertThat(Withdrawal.isHalfEnded(Samples.in(withdrawn, PeeringStatus.PENDING_ACCEPTANCE)))
        .isFalse();
  }

  @Test
  void it_is_the_service_account_that_counts_when_the_hub_has_asked() {
    peering =
        new Peering(
            Samples.PEERING,
            PeeringStatus.ACTIVE,
            Samples.hubSide(),
            Samples.serviceSide(),
            Map.of(Tags.BY, "request"));
    membership = new Membership.Stranger();
    assertEnds("210987654321");
  }

  @Test
  void what_stands_already_asks_no_further() {
    Supplier<Vpc> nowhere =
        () -> {
          throw new AssertionError("looked at the hub VPC");
        };
    Supplier<Membership> nobody =
        () -> {
          throw new AssertionError("asked the organisation");
        };
    Supplier<VpcSight> nothing =
        () -> {
          throw new AssertionError("looked at the VPC");
        };
    assertThat(
            Withdrawal.reason(
                Samples.in(peering, PeeringStatus.DELETED), nowhere, nobody, nothing, settings))
        .isPresent();
    assertThat(
            Withdrawal.reason(
                Samples.tagged(peering, Tags.DECISION, "refuse"),
                nowhere,
                nobody,
                nothing,
                settings))
        .isPresent();
    assertThat(Withdrawal.reason(peering, () -> hub, Membership.Stranger::new, nothing, settings))
        .isPresent();
    hub = hub(REFUSED);
    assertThat(Withdrawal.reason(peering, () -> hub, nobody, nothing, settings)).isPresent();
  }

  private static Vpc hub(Map<String, String> tags) {
    return new Vpc(Samples.HUB_VPC, Samples.HUB_ACCOUNT, Samples.HUB_CIDRS, tags);
  }

  private static VpcSight seen(Map<String, String> tags) {
    return new VpcSight.Seen(
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags));
  }

  private Optional<String> reason() {
    return Withdrawal.reason(peering, hub, membership, sight, settings);
  }

  private void assertEnds(String... said) {
    assertThat(reason()).hasValueSatisfying(reason -> assertThat(reason).contains(said));
  }
}
