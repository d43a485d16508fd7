package io.peerway.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final PeeringId ONE = new PeeringId("pcx-00000001");
  private static final PeeringId TWO = new PeeringId("pcx-00000002");

  @Test
  void a_vpc_that_has_not_asked_yet_waits_for_those_that_have_an_address_of_it_and_for_no_other() {
    assertThat(
            overlapping(
                Samples.other(ONE, PeeringStatus.ACTIVE, "10.110.4.0/24"),
                Samples.other(TWO, PeeringStatus.ACTIVE, "10.111.0.0/16")))
        .containsExactly(ONE);
  }

  @Test
  void it_waits_for_nothing_while_a_claim_that_cannot_be_read_lets_nobody_in() {
    assertThat(
            overlapping(
                Samples.other(ONE, PeeringStatus.ACTIVE, "10.110.4.0/24"),
                Samples.other(TWO, PeeringStatus.ACTIVE, "nonsense")))
        .isEmpty();
  }

  private static List<PeeringId> overlapping(Peering... live) {
    return Addresses.overlapping(
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()),
        Samples.hubVpc(),
        new Complete<>(List.of(live)));
  }
}
