package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Loss;
import io.peerway.testing.EventRecord;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoersTest {
  private static final Peering PEERING = Samples.request(PeeringStatus.ACTIVE);
  private static final RouteTableId TABLE = new RouteTableId("rtb-00000001");
  private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000001");
  private static final Cidr HUB = Samples.HUB_CIDRS.getFirst();
  private static final Cidr VPN = new Cidr("10.100.0.10/32");
  private static final Cidr OTHER_VPN = new Cidr("10.100.0.11/32");
  private static final Change ADD_ROUTE = new Change.AddRoute(TABLE, HUB, PEERING.id());

  /** The latest first. */
  private final Map<String, List<EventRecord>> records = new HashMap<>();

  private final List<String> asked = new ArrayList<>();

  // ---- Routes ----------------------------------------------------------------------------------

  @Test
  void a_missing_route_was_taken_by_whoever_deleted_it_last() {
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB));
    latest(TABLE, EventRecord.deleteRoute(TABLE, new Cidr("10.99.0.0/16")));
    assertThat(doer(ADD_ROUTE, Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
    assertThat(asked).containsExactly("210987654321 eu-west-1 rtb-00000001");
  }

  @Test
  void what_is_missing_at_the_hub_was_taken_in_the_hub_account() {
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB));
    assertThat(doer(ADD_ROUTE, Samples.HUB_VPC)).isEqualTo(EventRecord.DOER);
    assertThat(asked).containsExactly("123456789012 eu-west-1 rtb-00000001");
  }

  @Test
  void a_route_that_was_led_elsewhere_was_taken_then() {
    latest(TABLE, EventRecord.route("ReplaceRoute", TABLE, HUB, Samples.OTHER_PEERING));
    assertThat(doer(ADD_ROUTE, Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
  }

  @ParameterizedTest
  @CsvSource({"CreateRoute", "ReplaceRoute"})
  void a_route_that_was_given_back_since_has_another_doer_who_is_not_known_yet(String name) {
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB));
    latest(TABLE, EventRecord.route(name, TABLE, HUB, PEERING.id()).byPeerway());
    assertThat(doer(ADD_ROUTE, Samples.SERVICE_VPC)).isNull();
  }

  @Test
  void our_own_calls_and_refused_ones_count_for_nothing() {
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB));
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB).with("eventTime", "later").refused());
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB).with("eventTime", "latest").byPeerway());
    latest(TABLE, EventRecord.route("CreateRoute", TABLE, HUB, PEERING.id()).refused());
    assertThat(doer(ADD_ROUTE, Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
    records.get(TABLE.value()).removeLast();
    assertThat(doer(ADD_ROUTE, Samples.SERVICE_VPC)).isNull();
  }

  @Test
  void records_of_another_form_say_nothing() {
    latest(TABLE, new EventRecord(Map.of()));
    latest(TABLE, new EventRecord(Map.of("eventName", 7, "requestParameters", List.of())));
    latest(TABLE, EventRecord.of("DeleteRoute", Map.of("routeTableId", Map.of())));
    assertThat(doer(ADD_ROUTE, Samples.SERVICE_VPC)).isNull();
  }

  // ---- Security groups -------------------------------------------------------------------------

  @Test
  void a_missing_opening_was_taken_by_whoever_revoked_it() {
    latest(GROUP, EventRecord.ssh("RevokeSecurityGroupIngress", GROUP, VPN));
    assertThat(doer(allow(VPN), Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
    assertThat(doer(allow(OTHER_VPN), Samples.SERVICE_VPC)).isNull();
    latest(GROUP, EventRecord.ssh("AuthorizeSecurityGroupIngress", GROUP, OTHER_VPN));
    assertThat(doer(allow(VPN), Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
    latest(GROUP, EventRecord.ssh("AuthorizeSecurityGroupIngress", GROUP, VPN).byPeerway());
    assertThat(doer(allow(VPN), Samples.SERVICE_VPC)).isNull();
  }

  @Test
  void of_several_openings_the_last_doer_is_named() {
    latest(
        GROUP,
        EventRecord.ssh("RevokeSecurityGroupIngress", GROUP, VPN).with("eventTime", "earlier"));
    latest(GROUP, EventRecord.ssh("RevokeSecurityGroupIngress", GROUP, OTHER_VPN));
    assertThat(doer(allow(VPN, OTHER_VPN), Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
  }

  @ParameterizedTest(name = "{0} {1}-{2}")
  @CsvSource({
    "tcp, 22, 22, tcp/22",
    "6, 22, 22, tcp/22",
    "17, 53, 54, udp/53-54",
    "icmp, -1, -1, icmp"
  })
  void an_opening_that_was_revoked_by_its_rule_id_stands_in_the_answer(
      String protocol, int from, int to, String port) {
    Map<String, ?> rule =
        Map.of("ipProtocol", protocol, "fromPort", from, "toPort", to, "cidrIpv4", VPN.value());
    latest(
        GROUP,
        EventRecord.of(
                "RevokeSecurityGroupIngress",
                Map.of("groupId", GROUP.value(), "securityGroupRuleIds", Map.of()))
            .with(
                "responseElements",
                Map.of("revokedSecurityGroupRuleSet", Map.of("items", List.of(rule)))));
    Change allow = new Change.AllowIngress(GROUP, List.of(new Ingress(Port.parse(port), VPN)));
    assertThat(doer(allow, Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
  }

  @Test
  void an_opening_may_be_written_out_in_the_request_itself() {
    latest(
        GROUP,
        EventRecord.of(
            "RevokeSecurityGroupIngress",
            Map.of("ipProtocol", "tcp", "fromPort", 22, "toPort", 22, "cidrIp", VPN.value())));
    assertThat(doer(allow(VPN), Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0, 10.100.0.10/32", "tcp, x, 22, 10.100.0.10/32", "tcp, 22, 22, anywhere"})
  void a_rule_that_could_be_none_of_ours_is_passed_over(
      String protocol, String from, String to, String cidr) {
    latest(
        GROUP,
        EventRecord.of(
            "RevokeSecurityGroupIngress",
            Map.of("ipProtocol", protocol, "fromPort", from, "toPort", to, "cidrIp", cidr)));
    assertThat(doer(allow(VPN), Samples.SERVICE_VPC)).isNull();
  }

  @Test
  void the_records_of_its_vpc_know_the_id_of_our_group_that_was_deleted() {
    Change create = new Change.CreateVpnGroup(Samples.SERVICE_VPC, Samples.HUB_VPC, List.of());
    assertThat(doer(create, Samples.SERVICE_VPC)).isNull();
    String name = Change.CreateVpnGroup.name(Samples.HUB_VPC);
    latest(
        Samples.SERVICE_VPC, EventRecord.createGroup(Samples.SERVICE_VPC, name, GROUP).byPeerway());
    latest(
        Samples.SERVICE_VPC,
        EventRecord.createGroup(
            Samples.SERVICE_VPC, "somebody's", new SecurityGroupId("sg-00000002")));
    assertThat(doer(create, Samples.SERVICE_VPC)).isNull();
    latest(GROUP, EventRecord.deleteGroup(GROUP));
    asked.clear();
    assertThat(doer(create, Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
    assertThat(asked)
        .containsExactly(
            "210987654321 eu-west-1 vpc-0bbbbbbbbbbbbbbbb", "210987654321 eu-west-1 sg-00000001");
  }

  @Test
  void what_only_looks_like_the_creation_of_our_group_does_not_hide_it() {
    String name = Change.CreateVpnGroup.name(Samples.HUB_VPC);
    latest(Samples.SERVICE_VPC, EventRecord.createGroup(Samples.SERVICE_VPC, name, GROUP));
    latest(GROUP, EventRecord.deleteGroup(GROUP));
    SecurityGroupId other = new SecurityGroupId("sg-00000002");
    EventRecord alike = EventRecord.createGroup(Samples.SERVICE_VPC, name, other);
    latest(Samples.SERVICE_VPC, alike.refused());
    latest(Samples.SERVICE_VPC, alike.with("eventName", "DescribeSecurityGroups"));
    latest(Samples.SERVICE_VPC, alike.with("responseElements", Map.of("_return", true)));
    latest(Samples.SERVICE_VPC, EventRecord.createGroup(Samples.OTHER_VPC, name, other));
    Change create = new Change.CreateVpnGroup(Samples.SERVICE_VPC, Samples.HUB_VPC, List.of());
    assertThat(doer(create, Samples.SERVICE_VPC)).isEqualTo(EventRecord.DOER);
  }

  // ---- Tags ------------------------------------------------------------------------------------

  @Test
  void a_lost_claim_was_taken_by_whoever_deleted_its_tag_or_all_or_wrote_it_over() {
    for (EventRecord taking :
        List.of(
            EventRecord.tags("DeleteTags", PEERING.id(), "Name", Tags.CIDRS),
            EventRecord.tags("DeleteTags", PEERING.id()),
            EventRecord.tags("CreateTags", PEERING.id(), Tags.CIDRS))) {
      records.clear();
      latest(PEERING.id(), EventRecord.tags("CreateTags", PEERING.id(), Tags.CIDRS).byPeerway());
      assertThat(doerOfClaim()).isNull();
      latest(PEERING.id(), taking);
      for (EventRecord another :
          List.of(
              EventRecord.tags("DeleteTags", PEERING.id(), "Name"),
              EventRecord.tags("CreateTags", PEERING.id(), "Name"),
              EventRecord.tags("DeleteTags", Samples.OTHER_PEERING, Tags.CIDRS),
              EventRecord.tags("CreateTags", Samples.OTHER_PEERING, Tags.CIDRS))) {
        latest(PEERING.id(), another.with("eventTime", "later"));
      }
      assertThat(doerOfClaim()).isEqualTo(EventRecord.DOER);
      latest(PEERING.id(), EventRecord.tags("CreateTags", PEERING.id(), Tags.CIDRS).byPeerway());
      assertThat(doerOfClaim()).isNull();
    }
    assertThat(asked).allMatch("123456789012 eu-west-1 pcx-0a1b2c3d4e5f60718"::equals);
  }

  private String doerOfClaim() {
    return named(
        Finding.drift(PEERING.id(), "write its tags again")
            .losing(new Loss.OfClaim(Samples.HUB_VPC, PEERING.id())));
  }

  // ---- What nobody is asked about --------------------------------------------------------------

  @Test
  void nobody_is_asked_about_what_is_too_much_or_about_what_is_no_drift() {
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB));
    assertThat(doer(new Change.RemoveRoute(TABLE, HUB, PEERING.id()), Samples.SERVICE_VPC))
        .isNull();
    assertThat(doer(new Change.RevokeIngress(GROUP, List.of()), Samples.SERVICE_VPC)).isNull();
    assertThat(doer(new Change.DeleteVpnGroup(GROUP), Samples.SERVICE_VPC)).isNull();
    assertThat(doer(ADD_ROUTE, Samples.OTHER_VPC)).isNull();
    Finding route = Finding.drift(PEERING.id(), ADD_ROUTE, Samples.SERVICE_VPC);
    for (Finding other :
        List.of(Finding.unknown(PEERING.id(), "?"), Finding.leftAlone(PEERING.id(), "!"))) {
      Inspection found = new Inspection(List.of(route, other), List.of());
      assertThat(doers().named(found, List.of(PEERING))).isEqualTo(found);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void of_whatever_else_the_last_one_who_changed_it_is_named() {
    latest("acl-1", EventRecord.of("CreateNetworkAclEntry", Map.of()));
    latest(
        "acl-2",
        EventRecord.of("ReplaceNetworkAclAssociation", Map.of())
            .with("eventTime", "2026-11-23T07:45:00Z"));
    latest(
        "acl-2",
        EventRecord.of("DescribeNetworkAcls", Map.of())
            .with("eventTime", "2026-11-23T07:50:00Z")
            .with("readOnly", true));
    latest(
        "acl-2",
        EventRecord.of("DeleteNetworkAcl", Map.of())
            .with("eventTime", "2026-11-23T07:55:00Z")
            .refused());
    assertThat(
            doers()
                .last(
                    List.of(Samples.serviceSide(), Samples.hubSide()),
                    List.of("acl-1", "acl-2", "acl-3"),
                    null))
        .contains(EventRecord.CALLER + " (Terraform) at 2026-11-23T07:45:00Z");
    assertThat(doers().last(List.of(Samples.hubSide()), List.of("acl-3"), null)).isEmpty();
  }

  @Test
  void of_a_route_that_is_missing_only_whoever_took_it_away_is_named() {
    latest(TABLE, EventRecord.of("CreateTags", Map.of()));
    Loss lost = new Loss.OfRoute(Samples.SERVICE_VPC, TABLE, HUB, PEERING.id());
    List<VpcSide> place = List.of(Samples.serviceSide());
    assertThat(doers().last(place, List.of(TABLE.value()), lost)).isEmpty();
    latest(TABLE, EventRecord.deleteRoute(TABLE, HUB));
    assertThat(doers().last(place, List.of(TABLE.value()), lost)).contains(EventRecord.DOER);
  }

  private String doer(Change change, VpcId vpc) {
    return named(Finding.drift(PEERING.id(), change, vpc));
  }

  private String named(Finding finding) {
    Inspection named =
        doers()
            .named(
                new Inspection(List.of(finding), List.of()),
                List.of(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, ""), PEERING));
    return named.findings().getFirst().by();
  }

  private Doers doers() {
    return new Doers(
        (place, resource) -> {
          asked.add(place.account() + " " + place.region() + " " + resource);
          return records.getOrDefault(resource, List.of()).stream()
              .map(EventRecord::fields)
              .toList();
        });
  }

  private void latest(Object resource, EventRecord record) {
    records.computeIfAbsent(resource.toString(), id -> new ArrayList<>()).addFirst(record);
  }

  private static Change allow(Cidr... sources) {
    return new Change.AllowIngress(
        GROUP,
        Stream.of(sources).map(source -> new Ingress(Port.parse("tcp/22"), source)).toList());
  }
}
