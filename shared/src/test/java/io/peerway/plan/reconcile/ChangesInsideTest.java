package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.AccountLook;
import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which connections are read after a change in an account, and what is started for them. */
class ChangesInsideTest {
  private static final AccountLook EVENT = AccountLook.afterEvent(Samples.SERVICE_ACCOUNT);
  private static final Region ELSEWHERE = new Region("eu-central-1");
  private static final Map<String, String> CLAIM = Map.of(Tags.CIDRS, "10.110.0.0/16");

  private final List<Peering> peerings = new ArrayList<>();
  private final Set<Place> spared = new HashSet<>();

  @Test
  void only_connections_of_the_account_that_stand_are_read() {
    connection(1, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, Samples.REGION, CLAIM);
    connection(2, PeeringStatus.ACTIVE, Samples.OTHER_ACCOUNT, Samples.REGION, CLAIM);
    connection(3, PeeringStatus.PENDING_ACCEPTANCE, Samples.SERVICE_ACCOUNT, Samples.REGION, CLAIM);
    connection(4, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, Samples.REGION, Map.of());
    connection(
        5,
        PeeringStatus.ACTIVE,
        Samples.SERVICE_ACCOUNT,
        Samples.REGION,
        Map.of(Tags.CIDRS, "nonsense"));
    connection(6, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, Samples.REGION, CLAIM);
    spared.add(id(6));
    peerings.add(
        new Peering(
            id(7),
            PeeringStatus.ACTIVE,
            side(7, Samples.SERVICE_ACCOUNT, Samples.REGION),
            side(8, Samples.SERVICE_ACCOUNT, Samples.REGION),
            CLAIM));
    ChangesInside changes = of(EVENT.atEveryConnection());
    assertThat(changes.regions()).containsExactly(Samples.REGION);
    assertThat(changes.vpcs(Samples.REGION)).containsExactly(vpc(1));
  }

  @Test
  void each_region_is_read_for_the_vpcs_that_lie_in_it() {
    connection(1, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, Samples.REGION, CLAIM);
    connection(2, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, ELSEWHERE, CLAIM);
    ChangesInside changes = of(EVENT.atEveryConnection());
    assertThat(changes.vpcs(Samples.REGION)).containsExactly(vpc(1));
    assertThat(changes.vpcs(ELSEWHERE)).containsExactly(vpc(2));
    assertThat(of(EVENT.because(vpc(2))).regions()).containsExactly(ELSEWHERE);
  }

  @Test
  void whoever_asks_for_something_has_his_connection_made_and_whoever_removes_it_is_counted() {
    connection(1, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, Samples.REGION, CLAIM);
    connection(2, PeeringStatus.ACTIVE, Samples.SERVICE_ACCOUNT, Samples.REGION, CLAIM);
    List<Start> starts =
        of(EVENT.because(vpc(1)).afterARemoval())
            .starts(withoutOurRoutes(1, 2), FakeOrganization.member(true));
    assertThat(starts)
        .satisfiesExactly(
            first -> {
              assertThat(first).isInstanceOf(Start.Connect.class);
              assertThat(first.at()).isEqualTo(id(1));
              assertThat(first.reason()).startsWith("add route 10.100.0.0/16");
            },
            second -> {
              assertThat(second).isInstanceOf(Start.Restore.class);
              assertThat(second.at()).isEqualTo(id(2));
            });
  }

  private ChangesInside of(AccountLook look) {
    return new ChangesInside(
        Samples.settings(),
        look,
        new HubSight(Samples.hubVpc(), Cidr.list("10.100.0.10/32"), List.copyOf(peerings)),
        spared,
        Instant.parse("2026-11-23T08:00:00Z"));
  }

  private void connection(
      int n, PeeringStatus status, AccountId account, Region region, Map<String, String> tags) {
    peerings.add(new Peering(id(n), status, side(n, account, region), Samples.hubSide(), tags));
  }

  private static AccountSight withoutOurRoutes(int... numbers) {
    Map<VpcId, Complete<RouteTable>> tables = new HashMap<>();
    for (int n : numbers) {
      tables.put(
          vpc(n),
          new Complete<>(
              List.of(
                  new RouteTable(
                      new RouteTableId("rtb-0000000" + n),
                      vpc(n),
                      List.of(
                          new Route(new Cidr("10.110.0.0/16"), Route.LOCAL, Route.State.ACTIVE)),
                      Map.of()))));
    }
    return new AccountSight(
        List.of(new AccountSight.Seen(Samples.REGION, Optional.empty(), tables, Map.of())));
  }

  private static PeeringId id(int n) {
    return new PeeringId("pcx-0000000" + n);
  }

  private static VpcId vpc(int n) {
    return new VpcId("vpc-0000000" + n);
  }

  private static VpcSide side(int n, AccountId account, Region region) {
    return new VpcSide(account, region, vpc(n), List.of());
  }
}
