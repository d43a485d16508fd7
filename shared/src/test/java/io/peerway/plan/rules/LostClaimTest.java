package io.peerway.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostClaimTest {
  private static final Peering ACTIVE = Samples.request(PeeringStatus.ACTIVE);

  @Test
  void it_is_lost_where_it_is_missing_or_unreadable_and_not_where_it_is_withdrawn() {
    assertThat(LostClaim.isLost(ACTIVE)).isTrue();
    assertThat(LostClaim.isLost(Samples.tagged(ACTIVE, Tags.CIDRS, "nonsense"))).isTrue();
    assertThat(LostClaim.isLost(Samples.tagged(ACTIVE, Tags.CIDRS, ""))).isFalse();
    assertThat(LostClaim.isLost(Samples.tagged(ACTIVE, Tags.CIDRS, "10.110.0.0/16"))).isFalse();
    assertThat(LostClaim.isLost(Samples.request(PeeringStatus.PENDING_ACCEPTANCE))).isFalse();
    assertThat(
            LostClaim.isLost(
                Samples.tagged(
                    Samples.request(PeeringStatus.PENDING_ACCEPTANCE), Tags.CIDRS, "nonsense")))
        .isFalse();
  }

  @Test
  void the_mark_alone_may_be_what_is_lacking() {
    Peering claimed = Samples.tagged(ACTIVE, Tags.CIDRS, "10.110.0.0/16");
    assertThat(LostClaim.lacksTags(claimed)).isTrue();
    assertThat(LostClaim.lacksTags(Samples.tagged(claimed, Tags.BY, "tag"))).isFalse();
    assertThat(LostClaim.lacksTags(Samples.tagged(ACTIVE, Tags.CIDRS, ""))).isFalse();
  }

  @Test
  void it_is_found_again_in_the_hubs_routes_and_no_more_than_they_show() {
    Complete<RouteTable> tables = tables("10.110.0.0/16", "10.99.0.0/16");
    List<Cidr> cidrs = Cidr.list("10.110.0.0/16 10.120.0.0/24");
    assertThat(LostClaim.found(ACTIVE, tables, cidrs).claim())
        .isEqualTo(Cidr.list("10.110.0.0/16"));
    Peering damaged = Samples.tagged(ACTIVE, Tags.CIDRS, "nonsense");
    assertThat(LostClaim.found(damaged, tables, cidrs).claim())
        .isEqualTo(Cidr.list("10.110.0.0/16"));
    assertThat(LostClaim.found(damaged, tables(), cidrs).isUnclaimed()).isTrue();
  }

  private static Complete<RouteTable> tables(String... destinations) {
    RouteTable table = World.sample().tables(Samples.HUB_VPC).getFirst();
    return new Complete<>(
        List.of(
            new RouteTable(
                table.id(),
                table.vpc(),
                List.of(destinations).stream()
                    .map(
                        cidr ->
                            new Route(new Cidr(cidr), Samples.PEERING.value(), Route.State.ACTIVE))
                    .toList(),
                table.tags())));
  }
}
