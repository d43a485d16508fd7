package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.reconcile.AccountReads.Question;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountReadsTest {
  private static final Map<String, String> HOURLY = Map.of("accounts", "connected");
  private static final Map<String, String> DAILY = Map.of("accounts", "all");
  private static final Peering ADMITTED =
      Samples.tagged(
          Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24");
  private static final AccountSight.InRegion UNREAD =
      new AccountSight.Unread(Samples.REGION, new Denied("denied", new IllegalStateException()));

  private final List<Peering> peerings = new ArrayList<>(List.of(ADMITTED));
  private Settings settings = Samples.settings();
  private Map<String, String> order = HOURLY;
  private Set<AccountId> listed = Set.of();

  @Test
  void the_regions_of_connections_are_entered_and_the_configured_ones_by_who_looks_for_vpcs() {
    Region far = new Region("eu-central-1");
    VpcSide side = new VpcSide(Samples.SERVICE_ACCOUNT, far, Samples.OTHER_VPC, List.of());
    peerings.set(
        0,
        new Peering(
            Samples.PEERING, PeeringStatus.ACTIVE, side, Samples.hubSide(), ADMITTED.tags()));
    assertThat(reads().regions()).containsExactly(far);
    order = DAILY;
    assertThat(reads().regions()).containsExactlyInAnyOrder(far, Samples.REGION);
    peerings.clear();
    assertThat(reads().regions()).containsExactly(Samples.REGION);
  }

  @Test
  void vpcs_are_listed_where_the_route_tables_do_not_tell_enough() {
    assertThat(needsVpcs("10.110.0.0/16", "10.120.0.0/24")).isFalse();
    assertThat(needsVpcs("10.110.0.0/16")).isTrue();
    assertThat(needsVpcs("10.110.0.0/16", "10.120.0.0/24", "10.130.0.0/24")).isTrue();
    peerings.set(0, Samples.request(PeeringStatus.ACTIVE));
    assertThat(needsVpcs("10.110.0.0/16", "10.120.0.0/24")).isTrue();
    // What cannot be compared is told of, and a listing would not help.
    peerings.set(0, Samples.tagged(ADMITTED, Tags.CIDRS, "nonsense"));
    assertThat(needsVpcs("10.110.0.0/16")).isFalse();
  }

  @Test
  void tags_are_looked_at_once_a_day_or_for_the_one_connection() {
    peerings.set(0, Samples.tagged(ADMITTED, Tags.BY, "tag"));
    assertThat(needsVpcs("10.110.0.0/16", "10.120.0.0/24")).isFalse();
    order = Map.of("only", Samples.PEERING.value());
    assertThat(needsVpcs("10.110.0.0/16", "10.120.0.0/24")).isTrue();
    order = DAILY;
    assertThat(needsVpcs("10.110.0.0/16", "10.120.0.0/24")).isTrue();
  }

  @Test
  void the_organisation_is_asked_only_where_the_account_does_not_prove_enough() {
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.NOTHING);
    assertThat(asked(UNREAD)).isEqualTo(Question.MEMBERSHIP);
    // Of a tagged VPC only where it is still to be connected.
    assertThat(asked(seen(Map.of(Tags.CONNECT, "true")))).isEqualTo(Question.NOTHING);
    peerings.set(0, Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.MEMBERSHIP);
    peerings.set(0, ADMITTED);
    order = DAILY;
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.MEMBERSHIP);
  }

  @Test
  void of_an_account_that_was_listed_as_active_only_the_units_are_asked_where_units_count() {
    order = DAILY;
    listed = Set.of(Samples.SERVICE_ACCOUNT);
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.NOTHING);
    settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.UNITS);
    // Such as one that has left the organisation.
    listed = Set.of(Samples.OTHER_ACCOUNT);
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.MEMBERSHIP);
  }

  @Test
  void an_account_without_a_connection_is_looked_at_because_it_was_listed() {
    order = DAILY;
    peerings.clear();
    AccountSight.InRegion tagged = seen(Map.of(Tags.CONNECT, "true"));
    assertThat(asked(tagged)).isEqualTo(Question.NOTHING);
    assertThat(asked(UNREAD)).isEqualTo(Question.NOTHING);
    settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    assertThat(asked(tagged)).isEqualTo(Question.UNITS);
    assertThat(asked(UNREAD)).isEqualTo(Question.UNITS);
    assertThat(asked(seen(Map.of()))).isEqualTo(Question.NOTHING);
  }

  private AccountReads reads() {
    HubSight hub = new HubSight(Samples.hubVpc(), List.of(), List.copyOf(peerings));
    return new AccountReads(
        settings, Samples.SERVICE_ACCOUNT, hub.listing(listed), ReconcileOrder.of(order));
  }

  private Question asked(AccountSight.InRegion sight) {
    return reads().question(new AccountSight(List.of(sight)));
  }

  /** With a route table that has these as its local routes. */
  private boolean needsVpcs(String... local) {
    List<Route> routes =
        List.of(local).stream()
            .map(cidr -> new Route(new Cidr(cidr), "local", Route.State.ACTIVE))
            .toList();
    RouteTable table =
        new RouteTable(new RouteTableId("rtb-00000001"), Samples.SERVICE_VPC, routes, Map.of());
    return reads()
        .needsVpcs(Samples.REGION, Map.of(Samples.SERVICE_VPC, new Complete<>(List.of(table))));
  }

  private static AccountSight.InRegion seen(Map<String, String> tags) {
    Vpc vpc = new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags);
    return new AccountSight.Seen(
        Samples.REGION, Optional.of(new Complete<>(List.of(vpc))), Map.of(), Map.of());
  }
}
