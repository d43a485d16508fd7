package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.NatSet;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatPlanTest {

  @Test
  void two_services_that_form_one_prefix_need_one_element() {
    NatSet set =
        NatPlan.plan(
            new Complete<>(
                List.of(
                    Samples.other(id(1), PeeringStatus.ACTIVE, "10.111.0.0/16"),
                    Samples.other(id(2), PeeringStatus.ACTIVE, "10.110.0.0/16"))),
            Samples.HUB_VPC,
            Cidr.list("172.168.1.0/24 172.168.0.0/24"),
            Instant.ofEpochMilli(1_732_341_234_567L));
    assertThat(set)
        .isEqualTo(
            new NatSet(
                Cidr.list("172.168.0.0/23"), Cidr.list("10.110.0.0/15"), 1_732_341_234_567L));
  }

  @Test
  void an_accepted_connection_without_a_claim_is_neither_added_nor_taken_away() {
    Peering active = Samples.request(PeeringStatus.ACTIVE);
    assertThat(planned(active))
        .isEqualTo(
            new NatSet(
                Cidr.list("172.168.0.0/24"),
                List.of(),
                Cidr.cover(Samples.SERVICE_CIDRS),
                1_732_341_234_567L));
    Peering withdrawn = Samples.tagged(active, Tags.CIDRS, "");
    assertThat(planned(withdrawn).unclaimed()).isEmpty();
    Peering pending = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(planned(pending).unclaimed()).isEmpty();
  }

  @Test
  void a_damaged_claim_stops_nobody_and_takes_nothing_away() {
    Peering active = Samples.request(PeeringStatus.ACTIVE);
    assertThat(planned(Samples.tagged(active, Tags.CIDRS, "nonsense"))).isEqualTo(planned(active));
    // Nothing shows what it was: then no set can be worked out.
    Peering unseen = Samples.other(id(1), PeeringStatus.PROVISIONING, "nonsense");
    assertThatExceptionOfType(Drifted.class).isThrownBy(() -> planned(unseen));
  }

  private static NatSet planned(Peering peering) {
    return NatPlan.plan(
        new Complete<>(List.of(peering)),
        Samples.HUB_VPC,
        Cidr.list("172.168.0.0/24"),
        Instant.ofEpochMilli(1_732_341_234_567L));
  }

  @Test
  void the_digest_is_that_of_the_lines_in_the_order_of_sort() {
    NatSet set = new NatSet(List.of(), Cidr.list("10.20.0.0/16 10.110.0.0/16"), 0);
    // printf '10.110.0.0/16\n10.20.0.0/16\n' | sha256sum
    assertThat(set.servicesDigest())
        .isEqualTo("877e0bd1bcc2bd17993a199b40493167f303a483c9f56f209a89b695fe7ff125");
  }

  private static PeeringId id(int n) {
    return new PeeringId("pcx-0000000" + n);
  }
}
