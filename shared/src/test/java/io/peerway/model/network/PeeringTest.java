package io.peerway.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Drifted;
import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeeringTest {

  private final Peering request = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);

  @Test
  void without_the_tag_nothing_is_claimed() {
    assertThat(request.claim()).isEmpty();
  }

  @Test
  void the_claim_stands_in_the_tag() {
    assertThat(Samples.tagged(request, Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24").claim())
        .isEqualTo(Samples.SERVICE_CIDRS);
  }

  @Test
  void a_claim_is_there_or_withdrawn_or_lost() {
    Peering active = Samples.request(PeeringStatus.ACTIVE);
    Peering claimed = Samples.tagged(active, Tags.CIDRS, "10.110.0.0/16");
    Peering withdrawn = Samples.tagged(active, Tags.CIDRS, "");
    Peering marked = Samples.tagged(active, Tags.BY, "tag");
    assertThat(List.of(claimed, withdrawn, active, marked, request))
        .extracting(Peering::isClaimed)
        .containsExactly(true, false, false, false, false);
    assertThat(List.of(claimed, withdrawn, active, marked, request))
        .extracting(Peering::isWithdrawn)
        .containsExactly(false, true, false, false, false);
    // A pending request has none yet.
    assertThat(List.of(claimed, withdrawn, active, marked, request))
        .extracting(Peering::isUnclaimed)
        .containsExactly(false, false, true, true, false);
    assertThat(Samples.tagged(active, Tags.CIDRS, "nonsense").isClaimed()).isTrue();
  }

  @Test
  void a_claim_that_somebody_wrote_over_is_named_and_not_passed_over() {
    Peering spoilt = Samples.tagged(request, Tags.CIDRS, "10.110.0.0/16 and\nmore");
    assertThatExceptionOfType(Drifted.class)
        .isThrownBy(spoilt::claim)
        .withMessageContainingAll("pcx-0a1b2c3d4e5f60718", "peerway:cidrs", "and")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}"));
  }

  @Test
  void it_was_let_in_where_the_mark_or_the_claim_says_so_and_no_other_word_does() {
    assertThat(request.wasLetIn()).isFalse();
    assertThat(Samples.tagged(request, Tags.CIDRS, "10.110.0.0/16").wasLetIn()).isTrue();
    for (String asked : List.of("tag", "request")) {
      assertThat(Samples.tagged(request, Tags.BY, asked).wasLetIn()).isTrue();
    }
    for (String other : List.of("", "waiting", "Tag", "somebody")) {
      assertThat(Samples.tagged(request, Tags.BY, other).wasLetIn()).isFalse();
    }
    assertThat(Samples.tagged(request, Tags.BY, "request").isByTag()).isFalse();
  }

  @Test
  void joins_both_its_vpcs_and_no_other() {
    assertThat(request.joins(Samples.HUB_VPC)).isTrue();
    assertThat(request.joins(Samples.SERVICE_VPC)).isTrue();
    assertThat(request.joins(Samples.OTHER_VPC)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void every_status_is_known_by_its_code(PeeringStatus status) {
    assertThat(PeeringStatus.ofCode(status.code())).isEqualTo(status);
    assertThat(status.isAccepted() && status.isPending()).isFalse();
  }
}
