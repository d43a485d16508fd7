package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Membership;
import io.peerway.model.Start;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Denied;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Unread;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountCheckTest {
  private static final String CLAIM = "10.110.0.0/16 10.120.0.0/24";
  private static final Region ELSEWHERE = new Region("eu-central-1");
  private static final Supplier<Complete<RouteTable>> NO_TABLES = () -> new Complete<>(List.of());
  private static final Peering ADMITTED =
      Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, CLAIM);

  private final World world = World.sample();
  private final List<Peering> peerings = new ArrayList<>(List.of(ADMITTED));
  private Settings settings = Samples.settings();
  private String input = "connected";
  private Membership membership = FakeOrganization.member(true);
  private Vpc vpc = vpc(Map.of());

  @BeforeEach
  void connected() {
    Samples.SERVICE_CIDRS.forEach(
        cidr -> world.route(Samples.SERVICE_VPC, new Route(cidr, "local", Route.State.ACTIVE)));
    mend(ADMITTED);
  }

  @Test
  void a_connection_as_it_should_be_has_nothing() {
    assertThat(check().findings()).isEmpty();
    assertThat(check().repairs()).isEmpty();
  }

  @Test
  void a_lost_route_and_a_lost_opening_are_one_line_each_and_one_repair() {
    world.tables(Samples.SERVICE_VPC).stream()
        .limit(1)
        .forEach(
            table ->
                world
                    .hub()
                    .apply(Samples.PEERING)
                    .apply(
                        new Change.RemoveRoute(
                            table.id(), Samples.HUB_CIDRS.getFirst(), Samples.PEERING)));
    SecurityGroup group = world.groups(Samples.SERVICE_VPC).getLast();
    world.hub().apply(Samples.PEERING).apply(new Change.RevokeIngress(group.id(), group.ingress()));
    assertThat(lines())
        .containsExactly(
            "DRIFT pcx-0a1b2c3d4e5f60718: add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to"
                + " rtb-10000001",
            "DRIFT pcx-0a1b2c3d4e5f60718: allow tcp/22 from 10.100.0.10/32 in " + group.id());
    assertThat(check().repairs())
        .singleElement()
        .satisfies(repair -> assertThat(repair).isInstanceOf(Start.Connect.class));
  }

  @Test
  void the_cidrs_of_the_vpc_are_compared_with_the_claim() {
    vpc = new Vpc(vpc.id(), vpc.owner(), Cidr.list("10.110.0.0/16 10.121.0.0/24"), Map.of());
    assertThat(lines())
        .containsExactly(
            "DRIFT pcx-0a1b2c3d4e5f60718: admit [10.110.0.0/16, 10.121.0.0/24] of"
                + " vpc-0bbbbbbbbbbbbbbbb in place of [10.110.0.0/16, 10.120.0.0/24]");
  }

  @Test
  void what_admission_would_admit_in_part_is_said_as_that_part() {
    vpc = vpc("10.110.0.0/16 10.120.0.0/24 192.168.7.0/24");
    assertThat(lines())
        .containsExactly(
            "DRIFT pcx-0a1b2c3d4e5f60718: admit [10.110.0.0/16, 10.120.0.0/24] of"
                + " vpc-0bbbbbbbbbbbbbbbb in place of [10.110.0.0/16, 10.120.0.0/24] and leave"
                + " [192.168.7.0/24] out by rule InsideAllowedPool: 192.168.7.0/24 of"
                + " vpc-0bbbbbbbbbbbbbbbb is outside the allowed pool [10.0.0.0/8]");
    peerings.set(0, Samples.tagged(ADMITTED, Tags.LEFT_OUT, "192.168.7.0/24"));
    assertThat(lines()).isEmpty();
  }

  @Test
  void what_admission_would_refuse_as_a_whole_is_left_alone_with_the_rule() {
    settings = Samples.settings("ALLOWED_CIDRS", "10.110.0.0/16");
    vpc = vpc("10.110.0.0/16 10.120.0.0/24 10.121.0.0/24");
    assertThat(lines())
        .containsExactly(
            "LEFT_ALONE pcx-0a1b2c3d4e5f60718: stays connected with [10.110.0.0/16, 10.120.0.0/24]:"
                + " what vpc-0bbbbbbbbbbbbbbbb has now is refused by rule InsideAllowedPool:"
                + " 10.120.0.0/24 of vpc-0bbbbbbbbbbbbbbbb is outside the allowed pool"
                + " [10.110.0.0/16]");
    assertThat(check().repairs()).isEmpty();
    settings = Samples.settings();
    vpc =
        vpc(
            IntStream.range(100, 120)
                .mapToObj("10.121.%d.0/24"::formatted)
                .collect(Collectors.joining(" ", CLAIM + " ", "")));
    assertThat(lines()).singleElement().asString().contains("refused by rule ClaimFitsTag");
    assertThat(check().repairs()).isEmpty();
  }

  @Test
  void a_group_that_has_lost_our_tag_is_left_alone_with_what_to_do() {
    SecurityGroup own = world.groups(Samples.SERVICE_VPC).getLast();
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(own.id(), own.name(), own.ingress(), own.ours(), Map.of()));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("LEFT_ALONE pcx-0a1b2c3d4e5f60718: " + own.id() + " of ")
        .contains("tag it again");
  }

  @Test
  void a_slip_in_the_tag_of_a_group_is_told_at_the_group() {
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000077"),
            "theirs",
            List.of(),
            List.of(),
            Map.of(Tags.ALLOW, "icmq")));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("LEFT_ALONE sg-00000077: ")
        .contains("icmq");
  }

  @Test
  void a_foreign_route_is_left_alone() {
    world.route(
        Samples.SERVICE_VPC,
        new Route(Samples.HUB_CIDRS.getFirst(), "tgw-0123456789abcdef0", Route.State.ACTIVE));
    world.tables(Samples.SERVICE_VPC).stream()
        .map(
            table ->
                new RouteTable(
                    table.id(),
                    table.vpc(),
                    table.routes().stream().filter(r -> !r.belongsTo(Samples.PEERING)).toList(),
                    table.tags()))
        .toList()
        .forEach(world::put);
    assertThat(lines()).singleElement().asString().startsWith("LEFT_ALONE").contains("not ours");
    assertThat(check().repairs()).isEmpty();
  }

  @Test
  void without_a_vpn_instance_the_openings_are_unknown_and_none_is_revoked() {
    world.setVpnAddresses(List.of());
    assertThat(lines())
        .containsExactly(
            "UNKNOWN pcx-0a1b2c3d4e5f60718: no instance of the hub VPC has the tag"
                + " peerway:role=vpn");
  }

  @Test
  void a_blackhole_through_an_active_peering_is_for_a_person() {
    world.tables(Samples.SERVICE_VPC).stream()
        .limit(1)
        .map(
            table ->
                new RouteTable(
                    table.id(),
                    table.vpc(),
                    table.routes().stream()
                        .map(
                            r ->
                                new Route(
                                    r.destination(),
                                    r.target(),
                                    r.belongsTo(Samples.PEERING)
                                        ? Route.State.BLACKHOLE
                                        : r.state()))
                        .toList(),
                    table.tags()))
        .forEach(world::put);
    assertThat(lines()).singleElement().asString().startsWith("LEFT_ALONE").contains("blackhole");
  }

  // ---- What cannot be read ---------------------------------------------------------------------

  @Test
  void an_unreadable_account_of_the_organisation_is_unknown() {
    assertThat(unreadable())
        .extracting(finding -> finding.sort() + " " + finding)
        .containsExactly("UNKNOWN pcx-0a1b2c3d4e5f60718: denied");
  }

  @Test
  void an_unreadable_account_that_may_not_connect_is_disconnected() {
    membership = new Membership.Stranger();
    assertThat(unreadable())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.what()).startsWith("disconnect, because account 210987654321"));
  }

  @Test
  void an_unreadable_region_does_not_stop_the_other() {
    PeeringId other = Samples.OTHER_PEERING;
    VpcSide far = new VpcSide(Samples.SERVICE_ACCOUNT, ELSEWHERE, Samples.OTHER_VPC, List.of());
    peerings.add(
        new Peering(
            other,
            PeeringStatus.ACTIVE,
            far,
            Samples.hubSide(),
            Map.of(Tags.CIDRS, "10.200.0.0/16")));
    Inspection found =
        checkOf().check(sight(seen(), closed(ELSEWHERE, "off")), membership, NO_TABLES);
    assertThat(found.findings())
        .extracting(Finding::toString)
        .containsExactly("pcx-0ffffffffffffffff: off");
  }

  @Test
  void a_damaged_claim_does_not_stop_the_others() {
    peerings.add(
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.ACTIVE,
            new VpcSide(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, List.of()),
            Samples.hubSide(),
            Map.of(Tags.CIDRS, "nonsense")));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("DRIFT pcx-0ffffffffffffffff: disconnect, because the service VPC is deleted");
  }

  // ---- What has lost its tags ----------------------------------------------------------------

  private Complete<RouteTable> routed() {
    var hubSide = world.hub().apply(Samples.PEERING);
    RoutePlan.plan(hubSide.routeTables(Samples.HUB_VPC), Samples.SERVICE_CIDRS, Samples.PEERING)
        .forEach(hubSide::apply);
    return hubSide.routeTables(Samples.HUB_VPC);
  }

  @Test
  void what_has_lost_its_tags_is_not_made_by_hand_where_its_routes_and_our_group_prove_it() {
    Complete<RouteTable> tables = routed();
    Peering stripped = Samples.request(PeeringStatus.ACTIVE);
    mend(stripped);
    for (Peering lost :
        List.of(
            stripped,
            Samples.tagged(stripped, Tags.BY, "request"),
            Samples.tagged(stripped, Tags.CIDRS, "nonsense"))) {
      peerings.set(0, lost);
      Inspection found = checkOf().check(sight(seen()), membership, () -> tables);
      assertThat(found.findings())
          .singleElement()
          .asString()
          .contains("write its tags again with [10.110.0.0/16, 10.120.0.0/24]");
      assertThat(found.repairs()).singleElement().isInstanceOf(Start.Connect.class);
    }
  }

  @Test
  void what_has_lost_its_tags_and_would_be_refused_now_stays_as_it_is() {
    Complete<RouteTable> tables = routed();
    settings = Samples.settings("ALLOWED_CIDRS", "10.200.0.0/16");
    mend(Samples.request(PeeringStatus.ACTIVE));
    peerings.set(0, Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "request"));
    Inspection found = checkOf().check(sight(seen()), membership, () -> tables);
    assertThat(found.findings())
        .singleElement()
        .asString()
        .contains("refused by rule InsideAllowedPool", "stays as it is");
    assertThat(found.repairs()).isEmpty();
  }

  // ---- What ends -------------------------------------------------------------------------------

  @Test
  void a_vpc_that_is_gone_ends_its_connection() {
    world
        .tables(Samples.SERVICE_VPC)
        .forEach(
            table ->
                world.put(new RouteTable(table.id(), Samples.OTHER_VPC, table.routes(), Map.of())));
    input = "routes only";
    assertThat(lines())
        .containsExactly(
            "DRIFT pcx-0a1b2c3d4e5f60718: disconnect, because the service VPC is deleted");
  }

  @Test
  void a_vpc_whose_local_routes_lead_through_an_appliance_is_there_and_is_read_itself() {
    reroute(Samples.SERVICE_CIDRS.getFirst());
    assertThat(needsVpcs()).isTrue();
    assertThat(lines()).isEmpty();
    reroute(Samples.SERVICE_CIDRS.getLast());
    assertThat(needsVpcs()).isTrue();
    assertThat(lines()).isEmpty();
    input = "routes only";
    assertThat(lines()).noneMatch(line -> line.contains("disconnect"));
  }

  @Test
  void one_table_with_its_local_routes_is_enough() {
    RouteTable untouched = world.tables(Samples.SERVICE_VPC).getLast();
    Samples.SERVICE_CIDRS.forEach(this::reroute);
    world.put(untouched);
    assertThat(needsVpcs()).isFalse();
    input = "routes only";
    assertThat(lines()).isEmpty();
  }

  private void reroute(Cidr cidr) {
    for (RouteTable table : world.tables(Samples.SERVICE_VPC)) {
      List<Route> routes = new ArrayList<>(table.routes());
      routes.remove(new Route(cidr, "local", Route.State.ACTIVE));
      routes.add(new Route(cidr, "eni-0123456789abcdef0", Route.State.ACTIVE));
      world.put(new RouteTable(table.id(), table.vpc(), routes, table.tags()));
    }
  }

  @Test
  void a_tag_that_was_taken_off_ends_what_it_asked_for() {
    peerings.set(0, Samples.tagged(ADMITTED, Tags.BY, "tag"));
    input = "only";
    assertThat(needsVpcs()).isTrue();
    assertThat(lines()).singleElement().asString().contains("no longer has the tag");
    vpc = vpc(Map.of(Tags.CONNECT, "true"));
    assertThat(lines()).isEmpty();
  }

  @Test
  void where_nobody_looks_for_tags_the_one_that_asked_counts_as_being_there() {
    peerings.set(0, Samples.tagged(ADMITTED, Tags.BY, "tag"));
    input = "routes only";
    assertThat(needsVpcs()).isFalse();
    assertThat(lines()).isEmpty();
    input = "all";
    assertThat(needsVpcs()).isTrue();
  }

  @Test
  void a_refusal_by_a_person_ends_it() {
    peerings.set(0, Samples.tagged(ADMITTED, Tags.DECISION, "refuse"));
    assertThat(check().repairs())
        .singleElement()
        .satisfies(r -> assertThat(r).isInstanceOf(Start.Disconnect.class));
  }

  // ---- What nobody has decided -----------------------------------------------------------------

  @Test
  void a_pending_request_is_decided() {
    peerings.set(0, Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("accept the request of vpc-0bbbbbbbbbbbbbbbb");
    assertThat(check().repairs()).hasSize(1);
    membership = new Membership.Stranger();
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith(
            "DRIFT pcx-0a1b2c3d4e5f60718: reject the request by rule RequesterInOrganisation");
    assertThat(check().repairs()).hasSize(1);
  }

  @Test
  void a_request_that_waits_for_approval_is_left_alone() {
    settings = Samples.settings("APPROVAL", "manual");
    peerings.set(0, Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("WAITS_FOR_APPROVAL")
        .contains("waits for approval");
    assertThat(check().repairs()).isEmpty();
  }

  @Test
  void what_was_made_by_hand_is_adopted_with_what_it_lacks() {
    peerings.set(0, Samples.request(PeeringStatus.ACTIVE));
    Inspection found =
        checkOf()
            .check(sight(seen()), membership, () -> new Complete<>(world.tables(Samples.HUB_VPC)));
    assertThat(found.findings())
        .extracting(Finding::what)
        .startsWith("adopt it with [10.110.0.0/16, 10.120.0.0/24] of vpc-0bbbbbbbbbbbbbbbb")
        .hasSize(1 + 6);
    assertThat(found.repairs()).hasSize(1);
  }

  @Test
  void what_was_made_by_hand_lacks_at_the_service_what_nobody_has_taken_away() {
    peerings.set(0, Samples.request(PeeringStatus.ACTIVE));
    unmend();
    List<Finding> findings = check().findings();
    assertThat(findings)
        .extracting(Finding::what)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("adopt it with"),
            second -> assertThat(second).startsWith("create security group"));
    assertThat(findings).extracting(Finding::lost).containsOnlyNulls();
  }

  @Test
  void what_was_let_in_and_lost_its_claim_is_ended_and_not_taken_for_hand_made() {
    peerings.set(0, Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "request"));
    membership = FakeOrganization.member(false);
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("DRIFT pcx-0a1b2c3d4e5f60718: disconnect, because account 210987654321");
    assertThat(check().repairs())
        .singleElement()
        .satisfies(repair -> assertThat(repair).isInstanceOf(Start.Disconnect.class));
  }

  @Test
  void what_was_made_by_hand_in_an_account_that_may_not_connect_stays_as_it_is() {
    peerings.set(0, Samples.request(PeeringStatus.ACTIVE));
    membership = FakeOrganization.member(false);
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("REFUSED pcx-0a1b2c3d4e5f60718: made by hand, and refused by rule");
    assertThat(check().repairs()).isEmpty();
  }

  @Test
  void what_was_made_by_hand_and_would_be_refused_stays_as_it_is() {
    peerings.set(0, Samples.request(PeeringStatus.ACTIVE));
    peerings.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/24"));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith(
            "REFUSED pcx-0a1b2c3d4e5f60718: made by hand, and refused by rule"
                + " ApartFromOtherServices");
    assertThat(check().repairs()).isEmpty();
    // Which is so at every run: without our group in the VPC the hub's tables are not read for it.
    AccountSight.Seen seen = seen();
    checkOf()
        .check(
            sight(new AccountSight.Seen(seen.region(), seen.vpcs(), seen.tables(), Map.of())),
            membership,
            () -> {
              throw new AssertionError("nothing to compare them with");
            });
  }

  @Test
  void of_two_made_by_hand_that_overlap_one_is_adopted() {
    peerings.set(0, Samples.request(PeeringStatus.ACTIVE));
    PeeringId earlier = new PeeringId("pcx-00000001");
    peerings.add(madeByHand(earlier, "10.110.0.0/24"));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("LEFT_ALONE")
        .contains("pcx-00000001");
    for (Peering inNoOnesWay :
        List.of(
            madeByHand(earlier, "10.111.0.0/24"),
            madeByHand(Samples.OTHER_PEERING, "10.110.0.0/24"))) {
      peerings.set(1, inNoOnesWay);
      assertThat(lines())
          .singleElement()
          .asString()
          .startsWith("DRIFT pcx-0a1b2c3d4e5f60718: adopt it with");
    }
  }

  private static Peering madeByHand(PeeringId id, String cidrs) {
    return new Peering(
        id,
        PeeringStatus.ACTIVE,
        new VpcSide(Samples.OTHER_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, Cidr.list(cidrs)),
        Samples.hubSide(),
        Map.of());
  }

  // ---- VPCs that ask ---------------------------------------------------------------------------

  @Test
  void a_tagged_vpc_is_asked_for_within_the_limit_of_its_account() {
    peerings.clear();
    unmend();
    input = "all";
    vpc = vpc(Map.of(Tags.CONNECT, "true"));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("DRIFT vpc-0bbbbbbbbbbbbbbbb: connect it");
    assertThat(check().repairs())
        .singleElement()
        .satisfies(
            repair -> {
              Start.Request request = (Start.Request) repair;
              assertThat(request.region()).isEqualTo(Samples.REGION);
              assertThat(request.vpc()).isEqualTo(Samples.SERVICE_VPC);
            });
    membership = FakeOrganization.member(false);
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("REFUSED vpc-0bbbbbbbbbbbbbbbb: account");
    assertThat(check().repairs()).isEmpty();
  }

  @Test
  void a_tagged_vpc_that_admission_would_reject_is_left_alone_with_the_reason() {
    input = "all";
    vpc = vpc(Map.of(Tags.CONNECT, "true"));
    peerings.clear();
    peerings.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.120.0.0/20"));
    assertTaggedIsLeft("10.120.0.0/24", "10.120.0.0/20", "pcx-0ffffffffffffffff");
    peerings.clear();
    settings = Samples.settings("ALLOWED_CIDRS", "10.110.0.0/16");
    assertTaggedIsLeft("10.120.0.0/24", "the allowed pool [10.110.0.0/16]");
  }

  private void assertTaggedIsLeft(String... why) {
    AccountSight.Seen here =
        new AccountSight.Seen(
            Samples.REGION, Optional.of(new Complete<>(List.of(vpc))), Map.of(), Map.of());
    Inspection found =
        new AccountCheck(
                settings,
                Samples.SERVICE_ACCOUNT,
                new HubSight(Samples.hubVpc(), addresses(), List.copyOf(peerings)),
                ReconcileOrder.of(Map.of("accounts", "all")))
            .check(sight(here), membership, NO_TABLES);
    assertThat(found.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.sort()).isEqualTo(Finding.Sort.REFUSED);
              assertThat(finding.toString()).startsWith("vpc-0bbbbbbbbbbbbbbbb: ").contains(why);
            });
    assertThat(found.repairs()).isEmpty();
  }

  @Test
  void what_an_ended_connection_has_left_in_a_vpc_is_taken_away() {
    peerings.clear();
    input = "all";
    assertThat(lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("DRIFT left in vpc-0bbbbbbbbbbbbbbbb: "));
    assertThat(check().repairs())
        .singleElement()
        .satisfies(repair -> assertThat(repair).isInstanceOf(Start.Leave.class));
    // Of a VPC that is only shared with the account, nothing is.
    vpc = new Vpc(vpc.id(), Samples.OTHER_ACCOUNT, vpc.cidrs(), vpc.tags());
    assertThat(lines()).isEmpty();
  }

  @Test
  void a_tagged_vpc_that_overlaps_a_connected_one_of_its_account_is_left_alone() {
    Vpc second =
        new Vpc(
            Samples.OTHER_VPC,
            Samples.SERVICE_ACCOUNT,
            Cidr.list("10.110.128.0/20"),
            Map.of(Tags.CONNECT, "true"));
    AccountSight.Seen seen = seen();
    AccountSight.Seen both =
        new AccountSight.Seen(
            seen.region(),
            Optional.of(new Complete<>(List.of(second, vpc))),
            seen.tables(),
            seen.groups());
    input = "all";
    Inspection found = checkOf().check(sight(both), membership, NO_TABLES);
    assertThat(found.findings())
        .extracting(finding -> finding.sort() + " " + finding)
        .containsExactly(
            "REFUSED vpc-0dddddddddddddddd: 10.110.128.0/20 overlaps 10.110.0.0/16 of"
                + " vpc-0bbbbbbbbbbbbbbbb in the same account");
    assertThat(found.repairs()).isEmpty();
  }

  @Test
  void an_account_that_cannot_be_read_and_has_no_connection_is_told_of_where_it_may_have_one() {
    peerings.clear();
    input = "all";
    assertThat(unread(Samples.REGION)).containsExactly("Denied");
    membership = new Membership.Stranger();
    assertThat(unread(Samples.REGION)).isEmpty();
  }

  @Test
  void where_only_some_regions_of_such_an_account_cannot_be_read_they_are_named_or_counted() {
    peerings.clear();
    input = "all";
    settings = Samples.settings("SERVICE_REGIONS", "eu-west-1,eu-central-1,eu-south-1");
    Region third = new Region("eu-south-1");
    assertThat(unread(Samples.REGION, ELSEWHERE, third)).containsExactly("Denied");
    assertThat(unread(ELSEWHERE)).containsExactly("Denied in eu-central-1");
    assertThat(unread(ELSEWHERE, third)).containsExactly("Denied in 2 Regions");
  }

  @Test
  void of_an_account_with_a_connection_the_whole_reason_is_said() {
    input = "all";
    Inspection found =
        checkOf().check(sight(seen(), closed(ELSEWHERE, "not enabled")), membership, NO_TABLES);
    assertThat(found.unread()).isEmpty();
    assertThat(found.findings())
        .extracting(Finding::toString)
        .containsExactly("account 210987654321 in eu-central-1: cannot be read: not enabled");
  }

  /** What is said of an account of which these Regions cannot be read. */
  private List<String> unread(Region... regions) {
    List<Region> closed = List.of(regions);
    List<AccountSight.InRegion> sights =
        settings.regions().stream()
            .<AccountSight.InRegion>map(
                region ->
                    closed.contains(region)
                        ? closed(region, "denied")
                        : new AccountSight.Seen(
                            region, Optional.of(new Complete<>(List.of())), Map.of(), Map.of()))
            .toList();
    Inspection found = checkOf().check(new AccountSight(sights), membership, NO_TABLES);
    assertThat(found.findings()).isEmpty();
    return found.unread().stream().map(Unread::why).toList();
  }

  private boolean needsVpcs() {
    return new AccountReads(settings, Samples.SERVICE_ACCOUNT, hub(), order())
        .needsVpcs(Samples.REGION, tables());
  }

  private Map<VpcId, Complete<RouteTable>> tables() {
    return world
        .serviceAccounts()
        .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING)
        .routeTablesOf(Set.of(Samples.SERVICE_VPC));
  }

  private List<String> lines() {
    return check().findings().stream().map(finding -> finding.sort() + " " + finding).toList();
  }

  private Inspection check() {
    return checkOf().check(sight(seen()), membership, NO_TABLES);
  }

  private List<Finding> unreadable() {
    return checkOf()
        .check(sight(closed(Samples.REGION, "denied")), membership, NO_TABLES)
        .findings();
  }

  private static AccountSight sight(AccountSight.InRegion... regions) {
    return new AccountSight(List.of(regions));
  }

  private static AccountSight.Unread closed(Region region, String why) {
    return new AccountSight.Unread(region, new Denied(why, new IllegalStateException()));
  }

  private AccountCheck checkOf() {
    return new AccountCheck(settings, Samples.SERVICE_ACCOUNT, hub(), order());
  }

  private HubSight hub() {
    return new HubSight(Samples.hubVpc(), addresses(), List.copyOf(peerings));
  }

  private ReconcileOrder order() {
    return ReconcileOrder.of(
        input.equals("only")
            ? Map.of("only", Samples.PEERING.value())
            : Map.of("accounts", input.equals("all") ? "all" : "connected"));
  }

  private List<Cidr> addresses() {
    return VpnInstance.addresses(world.hub().apply(Samples.PEERING).vpnInstances(Samples.HUB_VPC));
  }

  private AccountSight.Seen seen() {
    Set<VpcId> vpcs = Set.of(Samples.SERVICE_VPC);
    var network =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
    return new AccountSight.Seen(
        Samples.REGION,
        input.equals("routes only") ? Optional.empty() : Optional.of(new Complete<>(List.of(vpc))),
        network.routeTablesOf(vpcs),
        network.securityGroupsOf(vpcs));
  }

  private void unmend() {
    var network =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
    SecurityGroupPlan.removal(network.securityGroups(Samples.SERVICE_VPC), Samples.HUB_VPC)
        .forEach(network::apply);
  }

  private void mend(Peering peering) {
    var network =
        world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, peering.id());
    RoutePlan.plan(network.routeTables(Samples.SERVICE_VPC), Samples.HUB_CIDRS, peering.id())
        .forEach(network::apply);
    SecurityGroupPlan.plan(
            network.securityGroups(Samples.SERVICE_VPC),
            Samples.SERVICE_VPC,
            Samples.HUB_VPC,
            settings.ports(),
            addresses(),
            Samples.PEERING)
        .forEach(network::apply);
  }

  private static Vpc vpc(String cidrs) {
    return new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Cidr.list(cidrs), Map.of());
  }

  private static Vpc vpc(Map<String, String> tags) {
    return new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags);
  }
}
