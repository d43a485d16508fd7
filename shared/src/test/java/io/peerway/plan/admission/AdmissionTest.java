package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Admission.Outcome;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final Membership MEMBER =
      new Membership.Member(Samples.ORGANIZATION, true, List.of("ou-abcd-11111111", "r-abcd"));

  private Peering request = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
  private Membership membership = MEMBER;
  private List<Cidr> service = Samples.SERVICE_CIDRS;
  private Vpc hub = Samples.hubVpc();
  private VpcSight sight = seen(Map.of());
  private final List<Peering> others = new ArrayList<>();
  private Settings settings = Samples.settings();

  @Test
  void a_request_that_meets_every_rule_is_admitted() {
    assertThat(decide()).isEqualTo(new Outcome.Admitted(connection()));
  }

  @Nested
  class RequesterInOrganisationRule {

    @Test
    void refuses_a_stranger() {
      membership = new Membership.Stranger();
      assertRefused("RequesterInOrganisation", "210987654321", Samples.ORGANIZATION);
    }

    @Test
    void refuses_a_member_of_another_organisation() {
      membership = new Membership.Member("o-another00000", true, List.of());
      assertRefused("RequesterInOrganisation", "210987654321", "o-another00000");
    }

    @Test
    void refuses_an_account_that_is_being_closed() {
      membership = new Membership.Member(Samples.ORGANIZATION, false, List.of());
      assertRefused("RequesterInOrganisation", "210987654321", "suspended");
    }

    @Test
    void refuses_an_account_outside_the_allowed_units() {
      settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-22222222");
      assertRefused("RequesterInOrganisation", "ou-abcd-11111111", "ou-abcd-22222222");
    }

    @Test
    void admits_an_account_anywhere_below_an_allowed_unit() {
      settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-22222222,r-abcd");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }
  }

  @Nested
  class OnlyOneForTwoVpcsRule {

    @Test
    void refuses_the_second_request_whichever_side_has_sent_it() {
      Peering first =
          new Peering(
              new PeeringId("pcx-00000001"),
              PeeringStatus.ACTIVE,
              Samples.hubSide(),
              Samples.serviceSide(),
              Map.of(Tags.CIDRS, "10.110.0.0/16"));
      others.add(first);
      assertRefused("OnlyOneForTwoVpcs", "vpc-0bbbbbbbbbbbbbbbb", "pcx-00000001 already");
      others.clear();
      others.add(Samples.in(first, PeeringStatus.PENDING_ACCEPTANCE));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }
  }

  @Nested
  class RoomForAccountRule {

    @BeforeEach
    void three() {
      settings = Samples.settings("VPCS_PER_ACCOUNT", "3");
    }

    @Test
    void refuses_the_fourth_of_one_account() {
      others.add(own(1, PeeringStatus.ACTIVE, "10.1.0.0/16"));
      others.add(own(2, PeeringStatus.PROVISIONING, "10.2.0.0/16"));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
      others.add(own(3, PeeringStatus.PENDING_ACCEPTANCE, "10.3.0.0/16"));
      assertRefused("RoomForAccount", "210987654321", "has 3 connections", "at most 3");
    }

    @Test
    void counts_what_was_accepted_by_hand_as_well() {
      IntStream.range(1, 4).forEach(n -> others.add(own(n, PeeringStatus.ACTIVE, "")));
      assertRefused("RoomForAccount", "210987654321");
    }

    @Test
    void does_not_count_those_of_other_accounts() {
      for (int n = 1; n < 9; n++) {
        others.add(
            Samples.other(
                new PeeringId("pcx-0000000" + n), PeeringStatus.ACTIVE, "10." + n + ".0.0/16"));
      }
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void does_not_count_what_joins_other_vpcs_than_the_hub_vpc() {
      for (int n = 1; n < 9; n++) {
        Peering own = own(n, PeeringStatus.ACTIVE, "");
        others.add(
            new Peering(
                own.id(),
                own.status(),
                new VpcSide(Samples.OTHER_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, List.of()),
                own.requester(),
                Map.of()));
      }
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void does_not_count_the_request_itself() {
      others.add(own(1, PeeringStatus.ACTIVE, "10.1.0.0/16"));
      others.add(own(2, PeeringStatus.ACTIVE, "10.2.0.0/16"));
      others.add(request);
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    // A hundred sent at once find each other without a claim.
    @Test
    void lets_in_three_of_many_that_come_at_once() {
      for (boolean claimed : List.of(true, false)) {
        others.clear();
        IntStream.range(0, 100)
            .forEach(
                n ->
                    others.add(
                        own(n, PeeringStatus.PENDING_ACCEPTANCE, claimed ? "10.9.0.0/16" : "")));
        assertThat(
                others.stream()
                    .filter(
                        each -> {
                          request = each;
                          return decide() instanceof Outcome.Admitted;
                        })
                    .map(Peering::id))
            .extracting(PeeringId::value)
            .containsExactly("pcx-00000000", "pcx-00000001", "pcx-00000002");
      }
    }

    @Test
    void lets_one_with_a_claim_go_before_one_without() {
      others.add(own(1, PeeringStatus.ACTIVE, "10.1.0.0/16"));
      others.add(own(2, PeeringStatus.ACTIVE, "10.2.0.0/16"));
      Peering first = own(9, PeeringStatus.PENDING_ACCEPTANCE, "10.9.0.0/16");
      others.add(first);
      request = own(3, PeeringStatus.PENDING_ACCEPTANCE, "");
      others.add(request);
      assertRefused("RoomForAccount", "at most 3");
      request = first;
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void cuts_nobody_off_when_the_limit_is_lowered_and_lets_people_decide() {
      IntStream.range(1, 9).forEach(n -> others.add(own(n, PeeringStatus.ACTIVE, "10.9.0.0/16")));
      request = Samples.request(PeeringStatus.ACTIVE);
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
      request = Samples.tagged(request, Tags.CIDRS, "10.110.0.0/16");
      service = Cidr.list("10.110.0.0/16 10.111.0.0/16");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    private Peering own(int n, PeeringStatus status, String claim) {
      Peering peering =
          new Peering(
              new PeeringId("pcx-%08d".formatted(n)),
              status,
              new VpcSide(
                  Samples.SERVICE_ACCOUNT,
                  Samples.REGION,
                  new VpcId("vpc-%08d".formatted(n)),
                  List.of()),
              Samples.hubSide(),
              Map.of());
      return claim.isEmpty() ? peering : Samples.tagged(peering, Tags.CIDRS, claim);
    }
  }

  @Nested
  class InConfiguredRegionRule {

    @BeforeEach
    void elsewhere() {
      settings = Samples.settings("SERVICE_REGIONS", "eu-central-1,eu-north-1");
    }

    @Test
    void refuses_a_vpc_of_another_region() {
      assertRefused("InConfiguredRegion", "vpc-0bbbbbbbbbbbbbbbb", "eu-west-1", "eu-central-1");
    }

    @Test
    void cuts_nobody_off_and_lets_people_decide() {
      request = Samples.request(PeeringStatus.ACTIVE);
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
      request = Samples.tagged(request, Tags.CIDRS, "10.110.0.0/16");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }
  }

  @Nested
  class CidrRules {

    @Test
    void one_cidr_outside_the_allowed_pool_is_enough_for_a_refusal() {
      service = Cidr.list("10.110.0.0/16 100.64.0.0/16");
      assertRefused("InsideAllowedPool", "100.64.0.0/16", "10.0.0.0/8");
    }

    @Test
    void a_cidr_wider_than_the_pool_is_outside_it() {
      settings = Samples.settings("ALLOWED_CIDRS", "10.110.0.0/17,10.120.0.0/16");
      assertRefused("InsideAllowedPool", "10.110.0.0/16", "10.110.0.0/17");
    }

    @Test
    void the_hub_vpcs_addresses_are_taken() {
      service = Cidr.list("10.110.0.0/16 10.100.128.0/20");
      assertRefused("ApartFromOurNetworks", "10.100.128.0/20", "10.100.0.0/16 of the hub VPC");
    }

    // EC2 makes no VPC larger than a /16; whatever the reason that one is read, it is refused.
    @Test
    void a_vpc_as_large_as_the_whole_pool_takes_the_hub_vpcs_addresses() {
      service = Cidr.list("10.0.0.0/8");
      assertRefused("ApartFromOurNetworks", "10.0.0.0/8", "10.100.0.0/16 of the hub VPC");
    }

    @Test
    void the_client_pools_addresses_are_taken() {
      service = Cidr.list("172.168.0.0/16");
      settings =
          new Settings(
              settings.region(),
              settings.hubVpc(),
              settings.clientPool(),
              List.of(),
              Cidr.list("172.0.0.0/8"),
              settings.organizationId(),
              List.of(),
              settings.ports(),
              settings.regions(),
              settings.vpcsPerAccount(),
              settings.peeringsPerVpc(),
              settings.routesPerTable(),
              settings.approval());
      assertRefused("ApartFromOurNetworks", "172.168.0.0/16", "172.168.0.0/24 of the VPN client");
    }

    @Test
    void the_companys_addresses_are_taken() {
      settings = Samples.settings("COMPANY_CIDRS", "10.110.4.0/24");
      assertRefused("ApartFromOurNetworks", "10.110.0.0/16", "10.110.4.0/24 of a company network");
    }

    @Test
    void a_connected_services_addresses_are_taken() {
      others.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.96.0.0/11"));
      service = Cidr.list("10.110.0.0/16");
      assertRefused(
          "ApartFromOtherServices", "10.110.0.0/16", "10.96.0.0/11", "pcx-0ffffffffffffffff");
    }

    @Test
    void connected_services_elsewhere_are_not_in_its_way() {
      others.add(
          Samples.other(
              Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.111.0.0/16 10.120.1.0/24"));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void the_addresses_of_what_people_connected_by_hand_are_taken() {
      others.add(byHand(PeeringStatus.ACTIVE, "10.110.128.0/20"));
      assertRefused(
          "ApartFromOtherServices",
          "10.110.0.0/16",
          "10.110.128.0/20 of pcx-0ffffffffffffffff",
          "by hand");
      others.set(0, byHand(PeeringStatus.PENDING_ACCEPTANCE, "10.110.128.0/20"));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void a_connection_keeps_what_it_has_where_people_connect_the_same_by_hand() {
      others.add(byHand(PeeringStatus.ACTIVE, "10.110.128.0/20 10.130.0.0/16"));
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16");
      service = Cidr.list("10.110.0.0/16");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
      service = Cidr.list("10.110.0.0/16 10.130.4.0/24");
      assertThat(decide())
          .isInstanceOfSatisfying(
              Outcome.AdmittedInPart.class,
              part -> assertThat(part.leftOut()).isEqualTo(Cidr.list("10.130.4.0/24")));
    }

    @Test
    void of_two_that_people_connected_by_hand_neither_stands_against_the_other() {
      others.add(byHand(PeeringStatus.ACTIVE, "10.110.128.0/20"));
      request = Samples.request(PeeringStatus.ACTIVE);
      others.add(request);
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    // Its addresses are free as soon as its routes are gone, which the other waits for.
    @Test
    void what_has_begun_to_end_keeps_no_addresses() {
      others.add(Samples.tagged(byHand(PeeringStatus.ACTIVE, "10.110.0.0/16"), Tags.CIDRS, ""));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void the_addresses_of_what_has_lost_its_claim_are_taken() {
      others.add(Samples.tagged(byHand(PeeringStatus.ACTIVE, "10.110.0.0/16"), Tags.BY, "request"));
      assertRefused("ApartFromOtherServices", "pcx-0ffffffffffffffff", "taken our tags off");
    }

    private Peering byHand(PeeringStatus status, String cidrs) {
      return new Peering(
          Samples.OTHER_PEERING,
          status,
          new VpcSide(Samples.OTHER_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, Cidr.list(cidrs)),
          Samples.hubSide(),
          Map.of());
    }

    @Test
    void a_pending_services_claim_is_left_to_the_comparison_of_claims() {
      others.add(
          Samples.other(Samples.OTHER_PEERING, PeeringStatus.PENDING_ACCEPTANCE, "10.110.0.0/16"));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void its_own_older_claim_is_not_in_its_way() {
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16");
      others.add(request);
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void more_cidrs_than_a_tag_can_hold_are_refused() {
      service =
          Cidr.list(
              IntStream.range(0, 18)
                  .mapToObj(n -> "10.110.%d.0/24".formatted(100 + n))
                  .collect(Collectors.joining(" ")));
      assertRefused("ClaimFitsTag", "18 CIDRs", "287 characters", "256");
    }
  }

  @Nested
  class Decisions {

    @Test
    void a_persons_refusal_is_a_refusal() {
      request = Samples.tagged(request, Tags.DECISION, "refuse");
      assertRefused("Decision", "peerway:decision=refuse");
    }

    @Test
    void manual_approval_waits_for_a_person() {
      settings = Samples.settings("APPROVAL", "manual");
      assertThat(decide()).isEqualTo(new Outcome.WaitingForApproval());
    }

    @Test
    void manual_approval_takes_approve_and_no_other_word() {
      settings = Samples.settings("APPROVAL", "manual");
      request = Samples.tagged(request, Tags.DECISION, "Approve!");
      assertThat(decide()).isEqualTo(new Outcome.WaitingForApproval());
      request = Samples.tagged(request, Tags.DECISION, "approve");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void approval_by_name_holds_for_these_cidrs_and_no_others() {
      settings = Samples.settings("APPROVAL", "manual");
      request = Samples.tagged(request, Tags.DECISION, "approve 10.120.0.0/24  10.110.0.0/16");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
      service = Cidr.list("10.110.0.0/16 10.120.0.0/24 10.130.0.0/16");
      assertThat(decide()).isEqualTo(new Outcome.WaitingForApproval());
      for (String unread : List.of("approve ", "approve all", "approve 10.110.0.0/8", "approved")) {
        request = Samples.tagged(request, Tags.DECISION, unread);
        assertThat(decide()).isEqualTo(new Outcome.WaitingForApproval());
      }
    }

    @Test
    void a_cidr_that_comes_after_the_approval_is_left_out_until_it_is_approved_by_name() {
      settings = Samples.settings("APPROVAL", "manual");
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/28");
      request = Samples.tagged(request, Tags.DECISION, "approve");
      service = Cidr.list("10.110.0.0/28 10.111.0.0/16 10.112.0.0/16");
      assertThat(decide())
          .isInstanceOfSatisfying(
              Outcome.AdmittedInPart.class,
              part -> {
                assertThat(part.connection().service().cidrs())
                    .isEqualTo(Cidr.list("10.110.0.0/28"));
                assertThat(part.leftOut()).isEqualTo(Cidr.list("10.111.0.0/16 10.112.0.0/16"));
                assertThat(part.why().rule()).isEqualTo("ApprovedCidrs");
                assertThat(part.why().reason())
                    .endsWith("peerway:decision=approve 10.111.0.0/16 10.112.0.0/16");
              });
      request = Samples.tagged(request, Tags.DECISION, "approve 10.112.0.0/16");
      assertThat(decide())
          .isInstanceOfSatisfying(
              Outcome.AdmittedInPart.class,
              part -> assertThat(part.leftOut()).isEqualTo(Cidr.list("10.111.0.0/16")));
      request = Samples.tagged(request, Tags.DECISION, "approve 10.111.0.0/16 10.112.0.0/16");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void without_manual_approval_a_cidr_that_comes_later_needs_none() {
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/28");
      service = Cidr.list("10.110.0.0/28 10.111.0.0/16");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    // Otherwise the tag, off and on again within a moment, would approve whatever the VPC has then.
    @Test
    void what_has_lost_its_claim_is_approved_by_name_only() {
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "tag");
      assertApprovedByNameOnly();
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "");
      assertApprovedByNameOnly();
    }

    private void assertApprovedByNameOnly() {
      settings = Samples.settings("APPROVAL", "manual");
      request = Samples.tagged(request, Tags.DECISION, "approve");
      sight = seen(Map.of(Tags.CONNECT, "true"));
      assertThat(decide()).isEqualTo(new Outcome.WaitingForApproval());
      request = Samples.tagged(request, Tags.DECISION, "approve 10.110.0.0/16 10.120.0.0/24");
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void approval_does_not_lift_a_rule() {
      request = Samples.tagged(request, Tags.DECISION, "approve");
      membership = new Membership.Stranger();
      assertRefused("RequesterInOrganisation", "210987654321");
    }

    @Test
    void what_is_connected_already_is_not_asked_again() {
      settings = Samples.settings("APPROVAL", "manual");
      request = Samples.request(PeeringStatus.ACTIVE);
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }
  }

  @Nested
  class WhatWasLetInBefore {

    @BeforeEach
    void connected() {
      request =
          Samples.tagged(
              Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24");
    }

    @Test
    void goes_on_where_nothing_stands_against_it() {
      assertThat(decide()).isEqualTo(new Outcome.Admitted(connection()));
    }

    @Test
    void ends_when_its_account_may_not_connect_any_more() {
      membership = new Membership.Stranger();
      sight = new VpcSight.Unknown("not entered");
      assertOver("210987654321", Samples.ORGANIZATION);
    }

    @Test
    void ends_when_a_person_refuses_it() {
      request = Samples.tagged(request, Tags.DECISION, "refuse");
      assertOver("peerway:decision=refuse");
    }

    @Test
    void ends_when_the_tag_that_asked_for_it_is_off() {
      request = Samples.tagged(request, Tags.BY, "tag");
      assertOver("vpc-0bbbbbbbbbbbbbbbb", "peerway:connect=true");
      sight = seen(Map.of(Tags.CONNECT, "true"));
      assertThat(decide()).isInstanceOf(Outcome.Admitted.class);
    }

    @Test
    void is_not_let_in_again_while_it_is_being_taken_away() {
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "tag");
      assertOver("peerway:connect=true");
    }

    @Test
    void ends_before_it_is_accepted_when_the_tag_went_off_after_the_claim() {
      request = Samples.tagged(Samples.request(PeeringStatus.PENDING_ACCEPTANCE), Tags.BY, "tag");
      assertOver("peerway:connect=true");
    }

    @Test
    void goes_on_without_a_new_cidr_that_breaks_a_rule() {
      service = Cidr.list("10.110.0.0/16 100.64.0.0/16 10.111.0.0/16");
      assertThat(decide())
          .isInstanceOfSatisfying(
              Outcome.AdmittedInPart.class,
              part -> {
                assertThat(part.connection().service().cidrs())
                    .isEqualTo(Cidr.list("10.110.0.0/16 10.111.0.0/16"));
                assertThat(part.leftOut()).isEqualTo(Cidr.list("100.64.0.0/16"));
                assertThat(part.why().reason()).contains("100.64.0.0/16", "10.0.0.0/8");
              });
    }

    @Test
    void goes_on_without_a_new_cidr_that_another_service_has() {
      service = Cidr.list("10.110.0.0/16 10.64.0.0/16");
      others.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.64.0.0/16"));
      assertThat(decide())
          .isInstanceOfSatisfying(
              Outcome.AdmittedInPart.class,
              part -> assertThat(part.why().rule()).isEqualTo("ApartFromOtherServices"));
    }

    @Test
    void is_refused_but_not_cut_where_the_settings_no_longer_allow_what_it_has() {
      settings = Samples.settings("ALLOWED_CIDRS", "10.111.0.0/16");
      service = Cidr.list("10.110.0.0/16 10.111.0.0/16");
      assertRefused("InsideAllowedPool", "10.110.0.0/16", "10.111.0.0/16");
    }

    // Its tag holds no more; the connection stays as it is.
    @Test
    void is_refused_but_not_cut_where_more_new_cidrs_break_a_rule_than_can_be_noted() {
      service =
          Stream.concat(
                  Stream.of("10.110.0.0/16"),
                  IntStream.range(100, 117).mapToObj(i -> "100.64." + i + ".0/24"))
              .map(Cidr::new)
              .toList();
      assertRefused("InsideAllowedPool", "100.64.100.0/24");
    }

    @Test
    void ends_without_its_claim_though_no_tag_had_asked_for_it() {
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "request");
      assertThat(decide()).isEqualTo(new Outcome.Admitted(connection()));
      membership = new Membership.Stranger();
      assertOver("210987654321", Samples.ORGANIZATION);
    }

    @Test
    void ends_when_its_addresses_are_anothers_since_its_claim_was_withdrawn() {
      others.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/16"));
      assertRefused("ApartFromOtherServices", "pcx-0ffffffffffffffff");
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "");
      assertOver("ApartFromOtherServices", "pcx-0ffffffffffffffff");
    }

    @Test
    void is_not_ended_where_its_claim_is_merely_missing() {
      others.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/16"));
      request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.BY, "request");
      assertRefused("ApartFromOtherServices", "pcx-0ffffffffffffffff");
    }

    private void assertOver(String... said) {
      assertThat(decide())
          .isInstanceOfSatisfying(
              Outcome.Over.class, over -> assertThat(over.reason()).contains(List.of(said)));
    }
  }

  @Test
  void what_was_never_let_in_is_refused_and_not_ended() {
    request = Samples.request(PeeringStatus.ACTIVE);
    membership = new Membership.Stranger();
    assertRefused("RequesterInOrganisation", "210987654321");
  }

  @Test
  void what_was_never_let_in_ends_when_a_person_refuses_it() {
    request = Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.DECISION, "refuse");
    membership = new Membership.Stranger();
    assertThat(decide()).isInstanceOf(Outcome.Over.class);
  }

  @Test
  void a_new_request_of_a_vpc_that_a_person_has_refused_is_refused_again() {
    hub =
        new Vpc(
            Samples.HUB_VPC,
            Samples.HUB_ACCOUNT,
            Samples.HUB_CIDRS,
            Map.of("peerway:refused:vpc-0bbbbbbbbbbbbbbbb", "pcx-0ffffffffffffffff"));
    assertRefused("Decision", "peerway:refused:vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void who_is_said_before_what() {
    membership = new Membership.Stranger();
    service = Cidr.list("192.168.0.0/24");
    request = Samples.tagged(request, Tags.DECISION, "refuse");
    assertRefused("RequesterInOrganisation", "210987654321");
    membership = MEMBER;
    assertRefused("InsideAllowedPool", "192.168.0.0/24");
  }

  private static VpcSight seen(Map<String, String> tags) {
    return new VpcSight.Seen(
        new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags));
  }

  private Connection connection() {
    VpcSide side = Samples.serviceSide();
    return new Connection(
        Samples.PEERING,
        Connection.End.HUB,
        Samples.hubSide(),
        new VpcSide(side.account(), side.region(), side.vpc(), service));
  }

  private Outcome decide() {
    return Admission.decide(
        new AdmissionFacts(request, connection(), hub, membership, sight, new Complete<>(others)),
        settings);
  }

  private void assertRefused(String rule, String... values) {
    assertThat(decide())
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.refusal().rule()).isEqualTo(rule);
              assertThat(refused.refusal().reason()).contains(List.of(values));
              // The rule and the peering id stand in the subject of a notice.
              assertThat(
                      Notice.refused(Samples.PEERING, null, refused.refusal(), "It was rejected.")
                          .subject())
                  .hasSizeLessThanOrEqualTo(100)
                  .matches("[\\x20-\\x7e]+");
            });
  }
}
