package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Superseded;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StillAdmittedTest {

  @Test
  void the_claim_of_the_admission_stands_in_any_order() {
    assertThatCode(
            () -> StillAdmitted.claim(Samples.connection(), claimed("10.120.0.0/24 10.110.0.0/16")))
        .doesNotThrowAnyException();
  }

  @Test
  void another_claim_supersedes_it() {
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(() -> StillAdmitted.claim(Samples.connection(), claimed("10.110.0.0/16")))
        .withMessage(
            "pcx-0a1b2c3d4e5f60718: its claim was [10.110.0.0/16, 10.120.0.0/24] and is"
                + " [10.110.0.0/16] now");
  }

  @Test
  void a_connection_that_ended_meanwhile_is_superseded() {
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(() -> StillAdmitted.claim(Samples.connection(), Optional.empty()));
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(
            () ->
                StillAdmitted.claim(
                    Samples.connection(),
                    claimed("10.110.0.0/16 10.120.0.0/24")
                        .map(peering -> Samples.in(peering, PeeringStatus.DELETED))));
  }

  @Test
  void what_is_taken_away_stays_so_until_it_is_claimed_again() {
    assertThatCode(
            () -> {
              StillAdmitted.claim(Samples.connection().withdrawn(), Optional.empty());
              StillAdmitted.claim(Samples.connection().withdrawn(), claimed(""));
            })
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(
            () -> StillAdmitted.claim(Samples.connection().withdrawn(), claimed("10.110.0.0/16")));
  }

  @Test
  void a_new_cidr_of_the_hub_vpc_supersedes_it() {
    assertThatCode(() -> StillAdmitted.hub(Samples.connection(), Samples.HUB_CIDRS))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(
            () -> StillAdmitted.hub(Samples.connection(), Cidr.list("10.100.0.0/16 10.101.0.0/16")))
        .withMessageContaining("10.101.0.0/16");
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(() -> StillAdmitted.hub(Samples.connection(), List.of()));
  }

  private static Optional<Peering> claimed(String claim) {
    return Optional.of(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, claim));
  }
}
