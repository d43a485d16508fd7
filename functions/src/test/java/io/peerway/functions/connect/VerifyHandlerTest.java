package io.peerway.functions.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Emitted;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.functions.NetworkDecorator;
import io.peerway.model.error.Denied;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Superseded;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Change;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyHandlerTest {

  private static final PrefixListId LIST = new PrefixListId("pl-0123456789abcdef0");

  private final World world = World.sample();

  @BeforeEach
  void joined() {
    claim("10.110.0.0/16 10.120.0.0/24");
    Invoked.step(new HubRoutesHandler(FakeAws.of(world)), Inputs.STEP);
    Invoked.step(new JoinServiceHandler(FakeAws.of(world)), Inputs.STEP);
    world.transcript().forget();
  }

  @Test
  void reads_both_sides_back_and_says_so() {
    JsonNode notice = verify();
    assertThat(notice.get("subject").asText())
        .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 connected");
    assertThat(notice.get("message").asText()).contains("10.110.0.0/16", "i-1");
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: route tables of vpc-0aaaaaaaaaaaaaaaa",
            "  210987654321: route tables of vpc-0bbbbbbbbbbbbbbbb",
            "  210987654321: security groups of vpc-0bbbbbbbbbbbbbbbb",
            "  hub: network ACLs of [vpc-0aaaaaaaaaaaaaaaa]",
            "  210987654321: network ACLs of [vpc-0bbbbbbbbbbbbbbbb]");
    assertThat(world.sessions()).hasSize(2);
  }

  @Test
  void how_long_a_request_took_is_measured_once_and_a_repair_is_counted() {
    assertThat(counted("'admitted': 'ADMITTED', 'asked': 1795420800000", ""))
        .containsExactly("SecondsToConnect 90.0 Seconds [Service=peerway]");
    assertThat(counted("'admitted': 'ADMITTED', 'asked': 0", "")).isEmpty();
    assertThat(counted("'admitted': 'STILL_ADMITTED', 'asked': 1795420800000", "")).isEmpty();
    assertThat(counted("'admitted': 'STILL_ADMITTED'", ", 'input': {'repairs': true}"))
        .containsExactly("DriftRepaired 1.0 Count [Service=peerway]");
    assertThat(counted("'admitted': 'STILL_ADMITTED'", ", 'input': {'peeringId': 'pcx-1'}"))
        .isEmpty();
  }

  private List<String> counted(String admitted, String input) {
    try (Emitted emitted = new Emitted()) {
      Invoked.step(
          new VerifyHandler(
              FakeAws.with(world)
                  .clock(Clock.fixed(Instant.ofEpochMilli(1_795_420_890_000L), ZoneOffset.UTC))
                  .aws()),
          "{'connection': %s, 'vpnAddresses': ['10.100.0.10/32'], 'vpnSubnets': ['subnet-00000001'], 'vpnInstances': ['i-1'], %s%s, 'slips': '', 'execution': 'e'}"
              .formatted(Inputs.CONNECTION, admitted, input));
      return emitted.lines();
    }
  }

  @Test
  void what_a_newer_run_has_made_of_it_sends_this_one_back_to_admission() {
    claim("10.110.0.0/16 10.120.0.0/24 10.130.0.0/16");
    world.route(Samples.HUB_VPC, route("10.130.0.0/16", Samples.PEERING.value()));
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(this::verify)
        .withMessageContaining("10.130.0.0/16");
  }

  @Test
  void a_peering_that_is_gone_with_its_routes_is_handed_over_and_not_called_drift() {
    for (RouteTable table : world.tables(Samples.HUB_VPC)) {
      world.put(table.withRoutes(List.of()));
    }
    world.hub().apply(Samples.PEERING).ensureDeleted(Samples.PEERING);
    assertThatExceptionOfType(Superseded.class).isThrownBy(this::verify);
  }

  @Test
  void routes_of_a_peering_that_came_in_place_of_this_one_are_no_conflict_of_a_person() {
    world.hub().apply(Samples.PEERING).ensureDeleted(Samples.PEERING);
    for (RouteTable table : world.tables(Samples.HUB_VPC)) {
      world.put(table.withRoutes(List.of(route("10.110.0.0/16", Samples.OTHER_PEERING.value()))));
    }
    assertThatExceptionOfType(Superseded.class).isThrownBy(this::verify);
  }

  @Test
  void an_account_that_cannot_be_entered_any_more_is_named_while_the_connection_is_there() {
    world.close(Samples.SERVICE_ACCOUNT);
    assertThatExceptionOfType(Denied.class).isThrownBy(this::verify);
    world.hub().apply(Samples.PEERING).ensureDeleted(Samples.PEERING);
    assertThatExceptionOfType(Superseded.class).isThrownBy(this::verify);
  }

  private void claim(String cidrs) {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, cidrs));
  }

  @Test
  void a_narrower_route_at_the_hub_is_named_with_its_table_its_target_and_its_part() {
    world.route(Samples.HUB_VPC, route("10.110.5.0/24", "tgw-0123456789abcdef0"));
    assertReservation(
        "rtb-00000001 of vpc-0aaaaaaaaaaaaaaaa has 10.110.5.0/24 -> tgw-0123456789abcdef0, narrower"
            + " than 10.110.0.0/16: 10.110.5.0/24 does not go through the peering connection");
  }

  @Test
  void a_narrower_route_of_a_prefix_list_at_the_service_is_named() {
    world.put(LIST, Cidr.list("52.1.0.0/16 10.100.0.0/24"));
    toList();
    assertReservation(
        "rtb-10000001 of vpc-0bbbbbbbbbbbbbbbb has 10.100.0.0/24 (of pl-0123456789abcdef0) ->"
            + " tgw-0123456789abcdef0, narrower than 10.100.0.0/16");
  }

  @Test
  void a_prefix_list_that_may_not_be_read_is_unknown() {
    toList();
    assertReservation(
        "Could not be read",
        "rtb-10000001 of vpc-0bbbbbbbbbbbbbbbb has pl-0123456789abcdef0 -> tgw-0123456789abcdef0");
  }

  @Test
  void a_network_acl_that_lets_nothing_in_is_named_with_its_rule() {
    world.put(acl(Samples.SERVICE_VPC, "subnet-00000009", rule(Direction.OUTBOUND)));
    assertReservation(
        "acl-00000001 of subnet-00000009: rule * denies tcp/22 inbound from 10.100.0.10/32");
  }

  @Test
  void a_network_acl_that_stops_the_answers_to_a_vpn_instance_is_named() {
    world.put(acl(Samples.HUB_VPC, World.VPN_SUBNET, rule(Direction.OUTBOUND)));
    assertReservation(
        "acl-00000001 of subnet-00000001: rule * denies tcp/1024-65535 (answers) inbound from"
            + " 10.110.0.0/16, 10.120.0.0/24");
  }

  @Test
  void a_network_acl_of_a_subnet_without_a_vpn_instance_does_not_count_at_the_hub() {
    world.put(acl(Samples.HUB_VPC, "subnet-00000002"));
    assertThat(verify().get("subject").asText()).endsWith(" connected");
  }

  @Test
  void network_acls_that_a_role_of_an_older_stack_may_not_read_are_unknown() {
    world.closeAcls(Samples.SERVICE_ACCOUNT);
    assertReservation("Could not be read", "the network ACLs of vpc-0bbbbbbbbbbbbbbbb stop");
  }

  @Test
  void what_nobody_has_denied_and_cannot_be_read_is_not_said_to_be_connected() {
    IllegalStateException cause = new IllegalStateException("InternalFailure");
    for (PeerwayException failure :
        List.of(new RefusedByAws("read", cause), new Unavailable("read", cause))) {
      world.failAcls(Samples.SERVICE_ACCOUNT, () -> failure);
      assertThatThrownBy(this::verify).isSameAs(failure);
    }
  }

  @Test
  void network_acls_of_the_hub_that_may_not_be_read_are_a_fault_of_ours() {
    world.closeAcls(Samples.HUB_ACCOUNT);
    assertThatExceptionOfType(Denied.class).isThrownBy(this::verify);
  }

  private void assertReservation(String... words) {
    JsonNode notice = verify();
    assertThat(notice.get("subject").asText())
        .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 connected, but not reachable everywhere");
    assertThat(notice.get("message").asText()).contains("except as said below").contains(words);
  }

  private void toList() {
    RouteTable table = world.tables(Samples.SERVICE_VPC).getFirst();
    PrefixListRoute route = new PrefixListRoute(LIST, "tgw-0123456789abcdef0", Route.State.ACTIVE);
    world.put(
        new RouteTable(table.id(), table.vpc(), table.routes(), List.of(route), table.tags()));
  }

  private static Route route(String destination, String target) {
    return new Route(new Cidr(destination), target, Route.State.ACTIVE);
  }

  private static NetworkAcl acl(VpcId vpc, String subnet, NetworkAcl.Rule... rules) {
    return new NetworkAcl("acl-00000001", vpc, List.of(subnet), List.of(rules));
  }

  private static NetworkAcl.Rule rule(Direction direction) {
    return new NetworkAcl.Rule(100, direction, true, -1, new Cidr("0.0.0.0/0"), -1, -1);
  }

  @Test
  void everything_that_was_undone_meanwhile_is_named() {
    RouteTable table = world.tables(Samples.HUB_VPC).getFirst();
    world.put(new RouteTable(table.id(), table.vpc(), List.of(), table.tags()));
    RouteTable other = world.tables(Samples.SERVICE_VPC).getFirst();
    world.put(new RouteTable(other.id(), other.vpc(), List.of(), other.tags()));
    assertThatExceptionOfType(Drifted.class)
        .isThrownBy(this::verify)
        .withMessageContainingAll(
            "pcx-0a1b2c3d4e5f60718", "rtb-00000001", "10.120.0.0/24", "rtb-10000001");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void routes_of_a_peering_connection_that_is_gone_are_waited_for() {
    world.hub().apply(Samples.PEERING).ensureDeleted(Samples.PEERING);
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(this::verify)
        .withMessageContaining("rtb-00000001: 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void an_opening_that_is_gone_is_named() {
    assertThatExceptionOfType(Drifted.class)
        .isThrownBy(() -> verify("10.100.0.10/32', '10.100.0.99/32"))
        .withMessageContaining("not there: allow tcp/22 from 10.100.0.99/32");
  }

  @Test
  void what_lets_no_client_through_is_told_once_in_place_of_connected() {
    JsonNode told = verify("10.100.0.10/32", OBSTRUCTED, "ADMITTED");
    assertThat(told.get("outcome").asText()).isEqualTo("OBSTRUCTED");
    assertThat(told.get("subject").asText()).doesNotContain("connected");
    assertThat(told.get("message").asText())
        .contains("VPN instance i-1: chain forward of table inet filter")
        .doesNotContain("connected");
    assertThat(world.transcript().changes())
        .containsExactly("hub: tag pcx-0a1b2c3d4e5f60718 {peerway:obstructed=vpn}");
    world.transcript().forget();
    for (String again : List.of("OBSTRUCTED", "STILL_ADMITTED")) {
      assertThat(verify("10.100.0.10/32", OBSTRUCTED, again).get("outcome").asText())
          .isEqualTo("STILL_OBSTRUCTED");
    }
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void once_nothing_is_in_the_way_it_is_connected_and_the_note_goes() {
    JsonNode told = verify("10.100.0.10/32", "{'obstructed': [], 'unpushed': []}", "OBSTRUCTED");
    assertThat(told.get("outcome").asText()).isEqualTo("CONNECTED");
    assertThat(told.get("subject").asText()).endsWith(" connected");
    assertThat(world.transcript().changes())
        .containsExactly("hub: tag pcx-0a1b2c3d4e5f60718 {peerway:obstructed=}");
  }

  @Test
  void what_openvpn_does_not_push_is_told_with_the_line_to_add() {
    String line = "add push route";
    JsonNode told =
        verify(
            "10.100.0.10/32", "{'obstructed': [], 'unpushed': ['%s']}".formatted(line), "ADMITTED");
    assertThat(told.get("outcome").asText()).isEqualTo("CONNECTED");
    assertThat(told.get("message").asText()).contains("Clients have no route there yet:\n" + line);
  }

  @Test
  void a_slip_in_a_tag_is_told_until_it_is_remembered_and_forgotten_when_it_is_mended() {
    tagged("icmp,tcp/no");
    JsonNode told = verifyKnowing("");
    assertThat(told.at("/slips/message").asText()).contains("sg-00000001", "tcp/no", "icmp");
    String remembered = world.peering(Samples.PEERING).tags().get(Tags.SLIPS);
    // This execution's step may run again because its answer was lost.
    assertThat(verifyKnowing(remembered).at("/slips/message").asText()).contains("tcp/no");
    String later = remembered.substring(remembered.indexOf(' ') + 1);
    world.transcript().forget();
    assertThat(verifyKnowing(later).has("slips")).isFalse();
    assertThat(world.transcript().changes()).isEmpty();

    tagged("icmp");
    assertThat(verifyKnowing(later).has("slips")).isFalse();
    assertThat(world.peering(Samples.PEERING).tags()).containsEntry(Tags.SLIPS, "");
  }

  private void tagged(String allow) {
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000001"),
            "default",
            List.of(),
            List.of(),
            Map.of(Tags.ALLOW, allow)));
    Invoked.step(new JoinServiceHandler(FakeAws.of(world)), Inputs.STEP);
  }

  private JsonNode verifyKnowing(String slips) {
    return Invoked.step(
        new VerifyHandler(FakeAws.of(world)),
        "{'connection': %s, 'vpnAddresses': ['10.100.0.10/32'], 'vpnSubnets': ['subnet-00000001'], 'vpnInstances': ['i-1'], 'admitted': 'STILL_ADMITTED', 'slips': '%s', 'execution': 'e'}"
            .formatted(Inputs.CONNECTION, slips));
  }

  private static final String OBSTRUCTED =
      "{'obstructed': ['VPN instance i-1: chain forward of table inet filter'], 'unpushed': []}";

  private JsonNode verify() {
    return verify("10.100.0.10/32");
  }

  private JsonNode verify(String addresses) {
    return verify(addresses, "null", "ADMITTED");
  }

  private JsonNode verify(String addresses, String vpn, String admitted) {
    return Invoked.step(new VerifyHandler(FakeAws.of(world)), input(addresses, vpn, admitted));
  }

  private static String input(String addresses, String vpn, String admitted) {
    return "{'connection': %s, 'vpnAddresses': ['%s'], 'vpnSubnets': ['subnet-00000001'], 'vpnInstances': ['i-1'], 'vpn': %s, 'admitted': '%s', 'execution': 'e'}"
        .formatted(Inputs.CONNECTION, addresses, vpn, admitted);
  }

  private void theTagIsNow(String allow) {
    SecurityGroup group = tagged();
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            group.id(), group.name(), group.ingress(), group.ours(), Map.of(Tags.ALLOW, allow)));
  }

  private SecurityGroup tagged() {
    return service().securityGroups(Samples.SERVICE_VPC).items().stream()
        .filter(group -> group.tags().containsKey(Tags.ALLOW))
        .findFirst()
        .orElseThrow();
  }

  private Network service() {
    return world
        .serviceAccounts()
        .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
  }

  @Test
  void a_tag_that_was_changed_meanwhile_is_served_at_once() {
    tagged("tcp/443");
    theTagIsNow("tcp/8443");
    assertThat(verify().get("outcome").asText()).isEqualTo("CONNECTED");
    assertThat(tagged().ours())
        .extracting(opening -> opening.port().toString())
        .containsExactly("tcp/8443");
  }

  @Test
  void an_owner_that_goes_on_changing_a_tag_fails_no_run() {
    tagged("tcp/443");
    theTagIsNow("tcp/8443");
    JsonNode told =
        verifyWhere(
            (network, change) -> {
              Change.Effect effect = network.apply(change);
              theTagIsNow("tcp/9443");
              return effect;
            });
    assertThat(told.get("outcome").asText()).isEqualTo("CONNECTED");
  }

  @Test
  void an_opening_that_does_not_come_though_nobody_has_changed_its_tag_is_drift() {
    tagged("tcp/443");
    theTagIsNow("tcp/8443");
    assertThatThrownBy(() -> verifyWhere((network, change) -> Change.Effect.MADE))
        .isInstanceOf(Drifted.class)
        .hasMessageContaining("not there: allow tcp/8443");
  }

  @Test
  void nothing_is_opened_again_behind_the_end_of_a_connection() {
    tagged("tcp/443");
    theTagIsNow("tcp/8443");
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, ""));
    assertThatThrownBy(
            () ->
                verifyWhere(
                    (network, change) -> {
                      throw new AssertionError("applied: " + change);
                    }))
        .isInstanceOf(Superseded.class)
        .hasMessageContaining("its claim was");
  }

  private JsonNode verifyWhere(BiFunction<Network, Change, Change.Effect> apply) {
    ServiceAccounts services =
        (account, region, subject) ->
            new NetworkDecorator() {
              @Override
              public Network network() {
                return world.serviceAccounts().network(account, region, subject);
              }

              @Override
              public Change.Effect apply(Change change) {
                return apply.apply(network(), change);
              }
            };
    return Invoked.step(
        new VerifyHandler(FakeAws.with(world).services(services).aws()),
        input("10.100.0.10/32", "null", "ADMITTED"));
  }

  @Test
  void our_own_group_is_drift_whatever_the_tags_say() {
    tagged("tcp/443");
    theTagIsNow("tcp/8443");
    SecurityGroupPlan.removal(service().securityGroups(Samples.SERVICE_VPC), Samples.HUB_VPC)
        .forEach(service()::apply);
    assertThatThrownBy(this::verify)
        .isInstanceOf(Drifted.class)
        .hasMessageContaining("create security group");
  }
}
