package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.admission.Claims.Verdict;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static final PeeringId LOWER = new PeeringId("pcx-00000000");
  private static final PeeringId HIGHER = new PeeringId("pcx-0ffffffff");

  private final Peering own =
      Samples.other(Samples.PEERING, PeeringStatus.PENDING_ACCEPTANCE, "10.110.0.0/16");

  @Test
  void nobody_else_is_free() {
    assertThat(verdict(own)).isEqualTo(new Verdict.Free());
  }

  @Test
  void claims_that_do_not_overlap_are_free() {
    assertThat(
            verdict(own, Samples.other(LOWER, PeeringStatus.ACTIVE, "10.111.0.0/16 10.128.0.0/9")))
        .isEqualTo(new Verdict.Free());
  }

  @Test
  void an_accepted_claim_wins_even_with_the_higher_id() {
    assertThat(verdict(own, Samples.other(HIGHER, PeeringStatus.PROVISIONING, "10.110.8.0/24")))
        .isInstanceOfSatisfying(
            Verdict.Lost.class,
            lost ->
                assertThat(lost.refusal().reason())
                    .contains("10.110.0.0/16", "10.110.8.0/24", HIGHER.value()));
  }

  @Test
  void of_two_pending_ones_the_lower_id_wins() {
    Peering pending = Samples.other(LOWER, PeeringStatus.PENDING_ACCEPTANCE, "10.110.8.0/24");
    assertThat(verdict(own, pending)).isInstanceOf(Verdict.Lost.class);
  }

  @Test
  void the_lower_id_waits_until_the_other_has_withdrawn() {
    Peering pending = Samples.other(HIGHER, PeeringStatus.PENDING_ACCEPTANCE, "10.110.8.0/24");
    assertThat(verdict(own, pending)).isEqualTo(new Verdict.Wait(HIGHER));
  }

  @Test
  void one_that_is_accepted_already_does_not_lose_to_a_pending_one() {
    Peering accepted = Samples.in(own, PeeringStatus.ACTIVE);
    Peering pending = Samples.other(LOWER, PeeringStatus.PENDING_ACCEPTANCE, "10.110.8.0/24");
    assertThat(verdict(accepted, pending)).isEqualTo(new Verdict.Wait(LOWER));
  }

  @Test
  void two_that_were_both_accepted_by_hand_are_both_refused() {
    Peering accepted = Samples.in(own, PeeringStatus.ACTIVE);
    Peering other = Samples.other(HIGHER, PeeringStatus.ACTIVE, "10.110.8.0/24");
    assertThat(verdict(accepted, other)).isInstanceOf(Verdict.Lost.class);
    assertThat(verdict(other, accepted)).isInstanceOf(Verdict.Lost.class);
  }

  @Test
  void a_claim_at_another_vpc_of_the_hub_account_does_not_count() {
    Peering elsewhere =
        new Peering(
            LOWER,
            PeeringStatus.ACTIVE,
            Samples.other(LOWER, PeeringStatus.ACTIVE, "").requester(),
            Samples.serviceSide(),
            Map.of(Tags.CIDRS, "10.110.0.0/16"));
    assertThat(verdict(own, elsewhere)).isEqualTo(new Verdict.Free());
  }

  @Test
  void a_claim_comes_with_the_mark_of_who_asked() {
    Peering asked = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    List<Cidr> cidrs = Cidr.list("10.110.0.0/16");
    assertThat(Claims.missingTags(asked, cidrs, List.of(), false))
        .isEqualTo(Map.of(Tags.CIDRS, "10.110.0.0/16", Tags.BY, "request"));
    assertThat(Claims.missingTags(asked, cidrs, List.of(), true))
        .isEqualTo(Map.of(Tags.CIDRS, "10.110.0.0/16", Tags.BY, "tag"));
  }

  @Test
  void a_claim_without_a_mark_gets_one_and_the_tag_counts_for_more_than_a_request() {
    List<Cidr> cidrs = Cidr.list("10.110.0.0/16");
    assertThat(Claims.missingTags(own, cidrs, List.of(), false))
        .isEqualTo(Map.of(Tags.BY, "request"));
    Peering byRequest = Samples.tagged(own, Tags.BY, "request");
    assertThat(Claims.missingTags(byRequest, cidrs, List.of(), false)).isEmpty();
    assertThat(Claims.missingTags(byRequest, cidrs, List.of(), true))
        .isEqualTo(Map.of(Tags.BY, "tag"));
    Peering byTag = Samples.tagged(own, Tags.BY, "tag");
    assertThat(Claims.missingTags(byTag, cidrs, List.of(), false)).isEmpty();
    assertThat(Claims.missingTags(byTag, cidrs, List.of(), true)).isEmpty();
  }

  @Test
  void one_that_waits_for_approval_is_marked_once_and_is_not_let_in_by_that() {
    Peering asked = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(Claims.missingMarkOfWaiting(asked, false)).isEqualTo(Map.of(Tags.BY, "waiting"));
    assertThat(Claims.missingMarkOfWaiting(asked, true)).isEqualTo(Map.of(Tags.BY, "tag"));
    Peering waiting = Samples.tagged(asked, Tags.BY, "waiting");
    assertThat(waiting.wasLetIn()).isFalse();
    assertThat(Claims.missingMarkOfWaiting(waiting, false)).isEmpty();
    assertThat(Claims.missingMarkOfWaiting(waiting, true)).isEqualTo(Map.of(Tags.BY, "tag"));
    assertThat(Claims.missingMarkOfWaiting(Samples.tagged(asked, Tags.BY, "tag"), false)).isEmpty();
    assertThat(Claims.missingTags(waiting, Cidr.list("10.110.0.0/16"), List.of(), false))
        .isEqualTo(Map.of(Tags.CIDRS, "10.110.0.0/16", Tags.BY, "request"));
  }

  private static Verdict verdict(Peering own, Peering... others) {
    List<Peering> live = new java.util.ArrayList<>(List.of(others));
    live.add(own);
    return Claims.verdict(own, Samples.HUB_VPC, new Complete<>(live));
  }
}
