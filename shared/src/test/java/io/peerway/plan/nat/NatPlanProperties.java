package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.NatSet;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Cidrs;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Peering connections in any status, with the hub VPC or another one, claimed or not. */
@Label("The NAT set")
class NatPlanProperties {

  @Property
  @Label("is the cover of what was claimed for accepted peering connections of the hub VPC")
  void translates_what_was_admitted_and_nothing_else(@ForAll("peerings") List<Peering> live) {
    List<Cidr> expected = new ArrayList<>();
    for (Peering peering : live) {
      boolean accepted =
          peering.status() == PeeringStatus.ACTIVE
              || peering.status() == PeeringStatus.PROVISIONING;
      boolean ofTheHub =
          peering.requester().vpc().equals(Samples.HUB_VPC)
              || peering.accepter().vpc().equals(Samples.HUB_VPC);
      if (accepted && ofTheHub) {
        expected.addAll(Cidr.list(peering.tags().getOrDefault(Tags.CIDRS, "")));
      }
    }
    assertThat(plan(live).services()).isEqualTo(Cidr.cover(expected));
  }

  @Property
  @Label("does not depend on the order of a listing")
  void order_does_not_matter(@ForAll("peerings") List<Peering> live) {
    assertThat(plan(live.reversed())).isEqualTo(plan(live));
    assertThat(plan(live.reversed()).servicesDigest()).isEqualTo(plan(live).servicesDigest());
  }

  private static NatSet plan(List<Peering> live) {
    return NatPlan.plan(
        new Complete<>(live), Samples.HUB_VPC, Cidr.list("172.168.0.0/24"), Instant.EPOCH);
  }

  @Provide
  Arbitrary<List<Peering>> peerings() {
    Arbitrary<VpcSide> sides =
        Arbitraries.of(Samples.HUB_VPC, Samples.SERVICE_VPC, Samples.OTHER_VPC)
            .map(NatPlanProperties::side);
    Arbitrary<Map<String, String>> claims =
        Cidrs.inside("10.110.0.0", 12, 20)
            .list()
            .ofMaxSize(3)
            .map(cidrs -> cidrs.isEmpty() ? Map.of() : Map.of(Tags.CIDRS, Cidr.text(cidrs)));
    Arbitrary<PeeringId> ids =
        Arbitraries.integers().between(0, 0xffff).map(n -> new PeeringId("pcx-%08x".formatted(n)));
    return Combinators.combine(ids, Arbitraries.of(PeeringStatus.class), sides, sides, claims)
        .as(Peering::new)
        .list()
        .ofMaxSize(8);
  }

  private static VpcSide side(VpcId vpc) {
    return new VpcSide(Samples.SERVICE_ACCOUNT, new Region("eu-west-1"), vpc, List.of());
  }
}
