package io.peerway.plan.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Membership;
import io.peerway.model.Start.Connect;
import io.peerway.model.Start.Disconnect;
import io.peerway.model.Start.Request;
import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.LeftAlone.LeaveRegion;
import io.peerway.plan.account.LeftAlone.Refuse;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.Reading;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountPlanTest {

  private static final Map<String, String> WANTED = Map.of(Tags.CONNECT, "true");
  private static final Region ELSEWHERE = new Region("eu-central-1");

  private Membership membership = FakeOrganization.member(true);
  private Settings settings = Samples.settings("SERVICE_REGIONS", "eu-west-1,eu-central-1");
  private Vpc hub = Samples.hubVpc();
  private final List<Peering> live = new ArrayList<>();
  private final List<RegionalVpc> vpcs = new ArrayList<>();

  @Nested
  class VpcsWithoutAPeering {

    @Test
    void a_tagged_vpc_asks_for_one_in_its_own_region() {
      vpcs.add(vpc(1, WANTED));
      vpcs.add(new RegionalVpc(ELSEWHERE, vpc(2, WANTED).vpc()));
      assertThat(plan()).containsExactly(request(Samples.REGION, id(1)), request(ELSEWHERE, id(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "True", " true", "1", ""})
    void a_tag_value_that_is_not_true_asks_for_nothing(String value) {
      vpcs.add(vpc(1, Map.of(Tags.CONNECT, value)));
      vpcs.add(vpc(2, Map.of("Name", "true")));
      assertThat(plan()).allMatch(Refuse.class::isInstance);
    }

    @Test
    void ten_at_once_ask_for_ten() {
      for (int n = 0; n < 10; n++) {
        vpcs.add(vpc(n, WANTED));
      }
      assertThat(plan()).hasSize(10).allMatch(Request.class::isInstance).doesNotHaveDuplicates();
    }

    @Test
    void more_than_an_account_may_have_are_refused_by_name_with_both_numbers() {
      settings = Samples.settings("VPCS_PER_ACCOUNT", "3");
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      for (int n = 1; n <= 50; n++) {
        vpcs.add(vpc(n, WANTED));
      }
      List<Object> plan = plan();
      assertThat(plan).filteredOn(Request.class::isInstance).hasSize(2);
      assertThat(plan).filteredOn(Refuse.class::isInstance).hasSize(47);
      assertThat(plan)
          .last()
          .hasToString(
              "Refuse[vpc=vpc-00000050, reason=account 210987654321 would have 50 connections, at"
                  + " most 3 are allowed]");
    }

    // The tag is the participant's own, and invisible to the owner.
    @Test
    void one_of_which_another_account_shares_subnets_is_refused_and_takes_nobody_s_room() {
      settings = Samples.settings("VPCS_PER_ACCOUNT", "1");
      Vpc shared = new Vpc(id(1), Samples.OTHER_ACCOUNT, Cidr.list("10.1.0.0/16"), WANTED);
      vpcs.add(new RegionalVpc(Samples.REGION, shared));
      vpcs.add(vpc(2, WANTED));
      assertThat(plan())
          .map(Object::toString)
          .containsExactly(
              "Request[account=210987654321, region=eu-west-1, vpc=vpc-00000002, reason=tag"
                  + " peerway:connect=true]",
              "Refuse[vpc=vpc-00000001, reason=it belongs to account 345678901234, which shares"
                  + " subnets of it with account 210987654321: only its owner can ask for a"
                  + " connection]");
    }

    @Test
    void one_that_a_person_has_refused_does_not_ask_again() {
      aPersonHasRefused();
      vpcs.add(vpc(1, WANTED));
      assertThat(plan())
          .singleElement()
          .isInstanceOfSatisfying(
              Refuse.class,
              refuse -> assertThat(refuse.reason()).contains("peerway:refused:vpc-00000001"));
    }

    @Test
    void one_that_admission_would_reject_is_not_asked_for() {
      live.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.2.0.0/20"));
      vpcs.add(vpc(1, WANTED, "10.1.0.0/16 100.64.0.0/16"));
      vpcs.add(vpc(2, WANTED));
      vpcs.add(vpc(3, WANTED, "10.100.64.0/20"));
      String many =
          IntStream.range(0, 18)
              .mapToObj(n -> "10.104.%d.0/24".formatted(100 + n))
              .collect(Collectors.joining(" "));
      vpcs.add(vpc(4, WANTED, many));
      vpcs.add(vpc(5, WANTED));
      assertThat(plan())
          .map(Object::toString)
          .containsExactly(
              "Request[account=210987654321, region=eu-west-1, vpc=vpc-00000005, reason=tag"
                  + " peerway:connect=true]",
              "Refuse[vpc=vpc-00000001, reason=InsideAllowedPool: 100.64.0.0/16 of vpc-00000001 is"
                  + " outside the allowed pool [10.0.0.0/8]]",
              "Refuse[vpc=vpc-00000002, reason=ApartFromOtherServices: 10.2.0.0/16 of vpc-00000002"
                  + " overlaps 10.2.0.0/20 of the connected pcx-0ffffffffffffffff]",
              "Refuse[vpc=vpc-00000003, reason=ApartFromOurNetworks: 10.100.64.0/20 of vpc-00000003"
                  + " overlaps 10.100.0.0/16 of the hub VPC]",
              "Refuse[vpc=vpc-00000004, reason=ClaimFitsTag: vpc-00000004 has 18 CIDRs, 287"
                  + " characters written out; at most 256 are supported]");
    }

    @Test
    void one_that_overlaps_what_people_connected_by_hand_is_not_asked_for() {
      VpcSide side =
          new VpcSide(
              Samples.OTHER_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, Cidr.list("10.1.128.0/20"));
      live.add(
          new Peering(
              Samples.OTHER_PEERING, PeeringStatus.ACTIVE, side, Samples.hubSide(), Map.of()));
      vpcs.add(vpc(1, WANTED));
      assertThat(plan())
          .singleElement()
          .isInstanceOf(Refuse.class)
          .asString()
          .contains(
              "10.1.0.0/16 of vpc-00000001 overlaps 10.1.128.0/20 of pcx-0ffffffffffffffff, which"
                  + " people have accepted by hand, or taken our tags off");
    }

    @Test
    void one_that_overlaps_a_request_which_may_still_lose_is_asked_for() {
      live.add(
          Samples.other(Samples.OTHER_PEERING, PeeringStatus.PENDING_ACCEPTANCE, "10.1.0.0/16"));
      vpcs.add(vpc(1, WANTED));
      assertThat(plan()).containsExactly(request(Samples.REGION, id(1)));
    }

    @Test
    void one_of_a_region_that_is_not_configured_is_not_asked_for() {
      settings = Samples.settings("SERVICE_REGIONS", "eu-central-1");
      vpcs.add(vpc(1, WANTED));
      assertThat(plan())
          .singleElement()
          .asString()
          .contains("vpc-00000001 lies in eu-west-1", "[eu-central-1]");
    }

    @Test
    void none_is_asked_for_while_it_cannot_be_known_whose_addresses_are_taken() {
      live.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "nonsense"));
      vpcs.add(vpc(1, WANTED));
      assertThat(plan())
          .singleElement()
          .isInstanceOf(Refuse.class)
          .asString()
          .contains("pcx-0ffffffffffffffff: the tag peerway:cidrs");
    }

    @Test
    void one_of_an_account_that_may_not_connect_is_refused_with_the_reason() {
      membership = new Membership.Stranger();
      vpcs.add(vpc(1, WANTED));
      vpcs.add(vpc(2, Map.of()));
      assertThat(plan())
          .singleElement()
          .isInstanceOfSatisfying(
              Refuse.class,
              refuse -> {
                assertThat(refuse.vpc()).isEqualTo(id(1));
                assertThat(refuse.reason()).contains("210987654321", Samples.ORGANIZATION);
              });
    }
  }

  @Nested
  class VpcsWithAPeering {

    @Test
    void a_cidr_that_was_left_out_is_no_reason_to_go_through_it_again_until_it_changes() {
      live.add(
          Samples.tagged(
              byTag(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16")),
              Tags.LEFT_OUT,
              "100.64.0.0/16"));
      vpcs.add(vpc(1, WANTED, "10.1.0.0/16 100.64.0.0/16"));
      assertThat(plan()).isEmpty();
      vpcs.set(0, vpc(1, WANTED, "10.1.0.0/16 100.65.0.0/16"));
      assertThat(plan()).hasSize(1);
    }

    @Test
    void another_vpc_of_the_account_that_overlaps_it_is_refused_by_name() {
      live.add(byTag(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16")));
      vpcs.add(vpc(1, WANTED));
      vpcs.add(vpc(2, WANTED, "10.1.128.0/20"));
      assertThat(plan())
          .map(Object::toString)
          .containsExactly(
              "Refuse[vpc=vpc-00000002, reason=10.1.128.0/20 overlaps 10.1.0.0/16 of vpc-00000001"
                  + " in the same account]");
    }

    @Test
    void of_two_that_overlap_the_first_is_asked_for() {
      vpcs.add(vpc(1, WANTED, "10.0.0.0/14"));
      vpcs.add(vpc(2, WANTED));
      assertThat(plan())
          .map(Object::toString)
          .containsExactly(
              "Request[account=210987654321, region=eu-west-1, vpc=vpc-00000001, reason=tag"
                  + " peerway:connect=true]",
              "Refuse[vpc=vpc-00000002, reason=10.2.0.0/16 overlaps 10.0.0.0/14 of vpc-00000001 in"
                  + " the same account]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "yes", "1", "true "})
    void a_tag_with_another_value_than_true_is_named(String value) {
      vpcs.add(vpc(1, Map.of(Tags.CONNECT, value)));
      assertThat(plan())
          .singleElement()
          .asString()
          .contains("vpc-00000001", "has the value " + value + ";", "only the exact word true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false"})
    void a_tag_that_says_no_is_no_slip(String value) {
      vpcs.add(vpc(1, Map.of(Tags.CONNECT, value)));
      assertThat(plan()).isEmpty();
    }

    @Test
    void nothing_is_to_be_done_where_the_claim_is_what_the_vpc_has_in_any_order() {
      live.add(byTag(claimed(peering(1, PeeringStatus.ACTIVE), "100.64.0.0/16 10.1.0.0/16")));
      vpcs.add(vpc(1, WANTED, "10.1.0.0/16 100.64.0.0/16"));
      assertThat(plan()).isEmpty();
    }

    @Test
    void the_tag_on_one_that_was_asked_for_by_hand_is_noted_by_going_through_it_again() {
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      vpcs.add(vpc(1, WANTED));
      assertThat(plan()).containsExactly(connect(pcx(1), "vpc-00000001 asks by its tag as well"));
    }

    @Test
    void a_cidr_more_or_less_is_a_reason_to_go_through_it_again() {
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      vpcs.add(vpc(1, WANTED, "10.1.0.0/16 10.9.0.0/16"));
      assertThat(plan())
          .containsExactly(
              connect(
                  pcx(1),
                  "vpc-00000001 has [10.1.0.0/16, 10.9.0.0/16], admitted are [10.1.0.0/16]"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INITIATING_REQUEST", "PENDING_ACCEPTANCE"})
    void a_request_that_nobody_decided_is_left_to_its_own_event(PeeringStatus status) {
      live.add(claimed(peering(1, status), "10.1.0.0/16"));
      vpcs.add(vpc(1, WANTED));
      assertThat(plan()).isEmpty();
    }

    @Test
    void a_deleted_vpc_is_disconnected() {
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      assertThat(plan()).containsExactly(disconnect(pcx(1), "the service VPC is deleted"));
    }

    @Test
    void the_connection_that_was_deleted_with_its_vpc_is_disconnected() {
      Complete<Peering> over =
          new Complete<>(
              List.of(
                  claimed(peering(1, PeeringStatus.DELETED), "10.1.0.0/16"),
                  claimed(peering(2, PeeringStatus.DELETED), "10.2.0.0/16"),
                  Samples.other(Samples.OTHER_PEERING, PeeringStatus.DELETING, "10.3.0.0/16")));
      assertThat(account().afterTheEndOf(id(1)::equals, over).starts())
          .containsExactly(
              disconnect(pcx(1), "vpc-00000001 is deleted, and the peering connection with it"));
      // An event is only somebody's word: the VPC of another account.
      assertThat(account().afterTheEndOf(Samples.OTHER_VPC::equals, over).starts()).isEmpty();
    }

    @Test
    void a_vpc_of_a_region_that_was_not_read_is_unknown_and_not_gone() {
      settings = Samples.settings("SERVICE_REGIONS", "eu-central-1");
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      assertThat(plan()).isEmpty();
    }

    @Test
    void the_tag_taken_off_disconnects_what_it_had_asked_for_and_nothing_else() {
      live.add(byTag(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16")));
      live.add(claimed(peering(2, PeeringStatus.ACTIVE), "10.2.0.0/16"));
      vpcs.add(vpc(1, Map.of()));
      vpcs.add(vpc(2, Map.of()));
      assertThat(plan())
          .containsExactly(
              disconnect(pcx(1), "vpc-00000001 no longer has the tag peerway:connect=true"));
    }

    @Test
    void peerings_of_other_accounts_and_other_vpcs_are_none_of_its_business() {
      live.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.1.0.0/16"));
      VpcSide otherHub =
          new VpcSide(Samples.HUB_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, List.of());
      live.add(
          new Peering(pcx(1), PeeringStatus.ACTIVE, side(1), otherHub, Map.of(Tags.BY, "tag")));
      live.add(
          new Peering(pcx(2), PeeringStatus.ACTIVE, otherHub, side(2), Map.of(Tags.BY, "tag")));
      membership = new Membership.Stranger();
      assertThat(plan()).isEmpty();
      assertThat(unseen()).isEmpty();
    }
  }

  @Nested
  class ConnectionsInTheWay {
    private final Peering others =
        Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.1.0.0/20");

    @Test
    void one_of_another_account_with_an_address_of_a_vpc_that_asks_is_named() {
      live.add(others);
      live.add(Samples.other(pcx(8), PeeringStatus.ACTIVE, "10.8.0.0/16"));
      live.add(claimed(peering(2, PeeringStatus.ACTIVE), "10.2.0.0/16"));
      vpcs.add(vpc(1, WANTED));
      assertThat(inTheWay()).containsExactly(Samples.OTHER_PEERING);
    }

    @Test
    void what_is_connected_or_asked_for_already_waits_for_nobody() {
      live.add(others);
      live.add(peering(1, PeeringStatus.PENDING_ACCEPTANCE));
      vpcs.add(vpc(1, WANTED));
      assertThat(inTheWay()).isEmpty();
    }

    @Test
    void what_does_not_ask_waits_for_nobody() {
      live.add(others);
      vpcs.add(vpc(1, Map.of()));
      assertThat(inTheWay()).isEmpty();
    }

    @Test
    void what_only_its_owner_or_nobody_may_ask_for_waits_for_nobody() {
      live.add(others);
      aPersonHasRefused();
      vpcs.add(vpc(1, WANTED));
      vpcs.add(
          new RegionalVpc(
              Samples.REGION,
              new Vpc(id(2), Samples.OTHER_ACCOUNT, Cidr.list("10.1.0.0/16"), WANTED)));
      assertThat(inTheWay()).isEmpty();
    }

    @Test
    void the_accounts_own_connections_and_an_account_that_may_not_connect_wait_for_nobody() {
      live.add(claimed(peering(2, PeeringStatus.ACTIVE), "10.1.0.0/20"));
      vpcs.add(vpc(1, WANTED));
      assertThat(inTheWay()).isEmpty();
      live.add(others);
      assertThat(inTheWay()).containsExactly(Samples.OTHER_PEERING);
      membership = new Membership.Stranger();
      assertThat(inTheWay()).isEmpty();
    }

    private List<PeeringId> inTheWay() {
      return account().inTheWay(sight()).stream().map(Peering::id).toList();
    }
  }

  @Nested
  class RegionsThatCannotBeRead {
    private static final String WHY = "list the VPCs in account 210987654321: AuthFailure";

    @Test
    void what_lies_there_is_left_and_the_region_is_named() {
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      assertThat(planWithout(Samples.REGION)).singleElement().isInstanceOf(LeaveRegion.class);
      assertThat(planWithout(Samples.REGION).getFirst().toString())
          .contains("eu-west-1", WHY, "Enable the Region");
    }

    @Test
    void the_other_regions_are_planned_for_as_ever() {
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      vpcs.add(vpc(2, WANTED));
      List<Object> actions = planWithout(ELSEWHERE);
      assertThat(actions)
          .startsWith(
              disconnect(pcx(1), "the service VPC is deleted"), request(Samples.REGION, id(2)))
          .hasSize(3);
    }

    @Test
    void an_account_that_may_not_connect_is_not_told_of_them() {
      membership = new Membership.Stranger();
      assertThat(planWithout(ELSEWHERE)).isEmpty();
    }

    private List<Object> planWithout(Region region) {
      return all(
          account()
              .plan(
                  AccountSight.of(
                      List.of(region, region.equals(ELSEWHERE) ? Samples.REGION : ELSEWHERE),
                      each ->
                          each.equals(region)
                              ? new Reading.Closed<>(new Denied(WHY, new IllegalStateException()))
                              : new Reading.Read<>(seen(each)))));
    }
  }

  @Nested
  class AccountsThatCannotBeEntered {

    @Test
    void nothing_ends_only_because_nothing_could_be_seen() {
      for (PeeringStatus status : List.of(PeeringStatus.ACTIVE, PeeringStatus.PENDING_ACCEPTANCE)) {
        live.add(Samples.tagged(peering(live.size(), status), Tags.BY, "tag"));
      }
      assertThat(unseen()).isEmpty();
    }

    @Test
    void what_the_organisation_says_ends_every_connection_of_the_account() {
      live.add(claimed(peering(1, PeeringStatus.ACTIVE), "10.1.0.0/16"));
      live.add(claimed(peering(2, PeeringStatus.PENDING_ACCEPTANCE), "10.2.0.0/16"));
      live.add(Samples.tagged(peering(3, PeeringStatus.PENDING_ACCEPTANCE), Tags.BY, "tag"));
      membership = FakeOrganization.member(false);
      assertThat(unseen())
          .extracting(action -> ((Disconnect) action).peering())
          .containsExactly(pcx(1), pcx(2), pcx(3));
    }

    @Test
    void a_request_that_was_never_let_in_is_left_to_its_own_event() {
      live.add(peering(1, PeeringStatus.PENDING_ACCEPTANCE));
      membership = FakeOrganization.member(false);
      assertThat(unseen()).isEmpty();
    }

    @Test
    void what_people_accepted_and_was_never_let_in_stays_as_it_is() {
      live.add(peering(1, PeeringStatus.ACTIVE));
      vpcs.add(vpc(1, Map.of()));
      membership = FakeOrganization.member(false);
      assertThat(unseen()).isEmpty();
      assertThat(plan()).isEmpty();
      membership = FakeOrganization.member(true);
      assertThat(plan()).hasOnlyElementsOfType(Connect.class).hasSize(1);
    }

    @Test
    void what_was_let_in_is_ended_though_it_has_lost_its_claim() {
      live.add(Samples.tagged(peering(1, PeeringStatus.ACTIVE), Tags.BY, "request"));
      membership = FakeOrganization.member(false);
      assertThat(unseen()).hasOnlyElementsOfType(Disconnect.class).hasSize(1);
    }

    @Test
    void a_persons_refusal_ends_one_all_the_same() {
      live.add(peering(1, PeeringStatus.ACTIVE));
      live.add(Samples.tagged(peering(2, PeeringStatus.ACTIVE), Tags.DECISION, "refuse"));
      assertThat(unseen())
          .extracting(action -> ((Disconnect) action).peering())
          .containsExactly(pcx(2));
    }
  }

  private List<Object> plan() {
    return all(account().plan(sight()));
  }

  private AccountSight sight() {
    return new AccountSight(
        Stream.concat(settings.regions().stream(), vpcs.stream().map(RegionalVpc::region))
            .distinct()
            .<AccountSight.InRegion>map(this::seen)
            .toList());
  }

  private List<Object> unseen() {
    return all(account().planUnseen("no such role"));
  }

  private AccountSight.Seen seen(Region region) {
    return new AccountSight.Seen(
        region,
        new Complete<>(
            vpcs.stream()
                .filter(vpc -> vpc.region().equals(region))
                .map(RegionalVpc::vpc)
                .toList()));
  }

  private static List<Object> all(AccountNeeds needs) {
    return Stream.concat(needs.starts().stream(), needs.leftAlone().stream())
        .<Object>map(each -> each)
        .toList();
  }

  private static Request request(Region region, VpcId vpc) {
    return new Request(Samples.SERVICE_ACCOUNT, region, vpc, "tag peerway:connect=true");
  }

  private static Connect connect(PeeringId peering, String reason) {
    return new Connect(Samples.SERVICE_ACCOUNT, peering, reason);
  }

  private static Disconnect disconnect(PeeringId peering, String reason) {
    return new Disconnect(Samples.SERVICE_ACCOUNT, peering, reason);
  }

  private AccountPlan account() {
    return new AccountPlan(
        settings, Samples.SERVICE_ACCOUNT, membership, hub, new Complete<>(live));
  }

  private static VpcId id(int n) {
    return new VpcId("vpc-%08d".formatted(n));
  }

  private static PeeringId pcx(int n) {
    return new PeeringId("pcx-%08d".formatted(n));
  }

  private static RegionalVpc vpc(int n, Map<String, String> tags) {
    return vpc(n, tags, "10.%d.0.0/16".formatted(n));
  }

  private static RegionalVpc vpc(int n, Map<String, String> tags, String cidrs) {
    return new RegionalVpc(
        Samples.REGION, new Vpc(id(n), Samples.SERVICE_ACCOUNT, Cidr.list(cidrs), tags));
  }

  private static VpcSide side(int n) {
    return new VpcSide(Samples.SERVICE_ACCOUNT, Samples.REGION, id(n), List.of());
  }

  private static Peering peering(int n, PeeringStatus status) {
    return new Peering(pcx(n), status, side(n), Samples.hubSide(), Map.of());
  }

  private static Peering claimed(Peering peering, String cidrs) {
    return Samples.tagged(peering, Tags.CIDRS, cidrs);
  }

  private static Peering byTag(Peering peering) {
    return Samples.tagged(peering, Tags.BY, "tag");
  }

  private void aPersonHasRefused() {
    hub =
        new Vpc(
            Samples.HUB_VPC,
            Samples.HUB_ACCOUNT,
            Samples.HUB_CIDRS,
            Map.of("peerway:refused:vpc-00000001", "pcx-00000009"));
  }
}
