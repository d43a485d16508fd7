package io.peerway.functions.account;

import static io.peerway.functions.Invoked.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Invoked;
import io.peerway.functions.NetworkDecorator;
import io.peerway.model.Membership;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Denied;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurveyAccountHandlerTest {

  private static final VpcId SECOND = new VpcId("vpc-0cccccccccccccccc");

  private final World world = World.sample();
  private final FakeOrganization organization = FakeOrganization.sample(world.transcript());
  private Settings settings = Samples.settings();
  private ServiceAccounts services = world.serviceAccounts();
  private final List<String> log = new ArrayList<>();

  SurveyAccountHandlerTest() {
    world.put(Samples.request(PeeringStatus.DELETED));
    vpc(Samples.SERVICE_VPC, Map.of(Tags.CONNECT, "true"));
  }

  @Test
  void one_whose_addresses_another_account_has_waits_for_them() {
    world.put(
        Samples.tagged(
            Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.110.0.0/16"),
            Tags.CIDRS,
            "10.110.0.0/16"));
    assertThat(survey().get("todo")).isEmpty();
    assertThat(world.peering(Samples.OTHER_PEERING).tags())
        .containsEntry(Tags.WANTED_BY, "210987654321");
    world.transcript().forget();
    survey();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void says_which_vpc_has_to_ask_and_changes_nothing() {
    assertThat(survey())
        .isEqualTo(
            json(
                """
                {'state': 'READY', 'attempt': 0, 'waitSeconds': 0, 'todo': [
                  {'kind': 'REQUEST', 'region': 'eu-west-1', 'vpcId': 'vpc-0bbbbbbbbbbbbbbbb'}],
                 'freezes': 'BY_HAND'}\
                """));
    assertThat(world.transcript().lines())
        .containsExactly(
            "  organisation: account 210987654321",
            "  hub: peering connections",
            "  hub: vpc-0aaaaaaaaaaaaaaaa",
            "  210987654321: VPCs");
    assertThat(survey().get("todo")).hasSize(1);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void reads_every_configured_region() {
    settings = Samples.settings("SERVICE_REGIONS", "eu-west-1,eu-central-1");
    services =
        (account, region, onBehalfOf) -> {
          Network network = world.serviceAccounts().network(account, region, onBehalfOf);
          return region.equals(Samples.REGION) ? network : new Elsewhere(network);
        };
    assertThat(survey().get("todo"))
        .isEqualTo(
            json(
                """
                [{'kind': 'REQUEST', 'region': 'eu-west-1', 'vpcId': 'vpc-0bbbbbbbbbbbbbbbb'},
                 {'kind': 'REQUEST', 'region': 'eu-central-1', 'vpcId': 'vpc-0cccccccccccccccc'}]\
                """));
  }

  @Test
  void one_region_that_cannot_be_read_is_a_partial_view_and_ends_nothing() {
    connected();
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.OTHER_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()));
    settings = Samples.settings("SERVICE_REGIONS", "eu-west-1,eu-central-1");
    services =
        (account, region, onBehalfOf) -> {
          Network network = world.serviceAccounts().network(account, region, onBehalfOf);
          return region.equals(Samples.REGION) ? network : new OutOfReach(network);
        };
    assertThatExceptionOfType(Throttled.class).isThrownBy(this::survey);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_region_that_is_not_enabled_is_named_and_does_not_stop_the_others() {
    settings = Samples.settings("SERVICE_REGIONS", "eu-central-1,eu-west-1");
    services =
        (account, region, onBehalfOf) -> {
          Network network = world.serviceAccounts().network(account, region, onBehalfOf);
          return region.equals(Samples.REGION) ? network : new NotEnabled(network);
        };
    JsonNode answer = survey();
    assertThat(answer.get("todo"))
        .isEqualTo(
            json("[{'kind': 'REQUEST', 'region': 'eu-west-1', 'vpcId': 'vpc-0bbbbbbbbbbbbbbbb'}]"));
    assertThat(answer.at("/notice/subject").asText())
        .isEqualTo("Peerway: Regions of account 210987654321 left out");
    assertThat(answer.at("/notice/message").asText())
        .startsWith("Region eu-central-1: list the VPCs: AuthFailure");
  }

  @Test
  void a_new_account_that_aws_does_not_serve_yet_is_waited_for_as_if_its_role_were_missing() {
    world.fail(
        Samples.SERVICE_ACCOUNT,
        () -> new NotYetOpen("list the VPCs: PendingVerification", new IllegalStateException()));
    assertThat(survey().get("state").asText()).isEqualTo("WAIT");
    JsonNode atLast = survey("{'accountId': '210987654321', 'attempt': 100}");
    assertThat(atLast.get("state").asText()).isEqualTo("GAVE_UP");
    assertThat(atLast.at("/notice/message").asText()).contains("PendingVerification");
  }

  @Test
  void what_is_connected_needs_nothing() {
    connected();
    assertThat(survey().get("todo")).isEmpty();
  }

  private static final String CHANGED =
      "{'accountId': '210987654321', 'attempt': 0, 'changed': 'vpc-0bbbbbbbbbbbbbbbb', 'about':"
          + " []}";

  private void group(String allow) {
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000009"),
            "theirs",
            List.of(),
            List.of(),
            Map.of(Tags.ALLOW, allow)));
  }

  @Test
  void a_changed_vpc_is_gone_through_again_where_something_is_not_as_it_asks() {
    inForce();
    group("tcp/443");
    JsonNode todo = survey(CHANGED).get("todo");
    assertThat(todo).hasSize(1);
    assertThat(todo.at("/0/kind").asText()).isEqualTo("CONNECT");
    assertThat(todo.at("/0/reason").asText()).startsWith("allow tcp/443 from 10.100.0.10/32");
    // Nobody has taken anything away.
    assertThat(todo.at("/0/input").has("mends")).isFalse();
  }

  @Test
  void a_changed_vpc_that_has_all_it_asks_for_starts_nothing() {
    inForce();
    assertThat(survey(CHANGED).get("todo")).isEmpty();
    assertThat(
            survey("{'accountId': '210987654321', 'attempt': 0, 'throughout': true}").get("todo"))
        .isEmpty();
  }

  @Test
  void a_slip_in_a_tag_is_gone_through_until_people_have_heard_of_it() {
    inForce();
    group("ssh");
    assertThat(survey(CHANGED).at("/todo/0/kind").asText()).isEqualTo("CONNECT");
    String told =
        SecurityGroupPlan.slips(
                service().securityGroups(Samples.SERVICE_VPC),
                Samples.HUB_VPC,
                settings.ports(),
                List.of(Cidr.ofAddress("10.100.0.10")))
            .remembered("", "e");
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.SLIPS, told));
    assertThat(survey(CHANGED).get("todo")).isEmpty();
  }

  private static final String REMOVED =
      "{'accountId': '210987654321', 'attempt': 0, 'removed': true, 'about': []}";

  private void inForce() {
    connected();
    vpc(Samples.SERVICE_VPC, Map.of(Tags.CONNECT, "true"));
    Network service = service();
    RoutePlan.plan(service.routeTables(Samples.SERVICE_VPC), Samples.HUB_CIDRS, Samples.PEERING)
        .forEach(service::apply);
    SecurityGroupPlan.plan(
            service.securityGroups(Samples.SERVICE_VPC),
            Samples.SERVICE_VPC,
            Samples.HUB_VPC,
            settings.ports(),
            VpnInstance.addresses(world.hub().apply(Samples.PEERING).vpnInstances(Samples.HUB_VPC)),
            Samples.PEERING)
        .forEach(service::apply);
    world.transcript().forget();
  }

  private Network service() {
    return world
        .serviceAccounts()
        .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
  }

  @Test
  void what_others_remove_of_their_own_starts_nothing() {
    inForce();
    assertThat(survey(REMOVED).get("todo")).isEmpty();
    // Besides the reads of every look: tables and groups of the connected VPCs, each once.
    assertThat(world.transcript().lines())
        .containsOnlyOnce("  210987654321: route tables of [vpc-0bbbbbbbbbbbbbbbb]")
        .containsOnlyOnce("  210987654321: security groups of [vpc-0bbbbbbbbbbbbbbbb]");
  }

  @Test
  void a_route_that_others_remove_is_restored() {
    inForce();
    RouteTableId table = service().routeTables(Samples.SERVICE_VPC).items().getFirst().id();
    service().apply(new Change.RemoveRoute(table, Samples.HUB_CIDRS.getFirst(), Samples.PEERING));
    JsonNode todo = survey(REMOVED).get("todo");
    assertThat(todo).hasSize(1);
    assertThat(todo.at("/0/kind").asText()).isEqualTo("CONNECT");
    assertThat(todo.at("/0/input/peeringId").asText()).isEqualTo("pcx-0a1b2c3d4e5f60718");
    assertThat(todo.at("/0/input/mends/what").asText())
        .startsWith("add route")
        .contains(table.value());
    // Without the event it waits for the hourly run.
    assertThat(survey().get("todo")).isEmpty();
  }

  @Test
  void our_group_that_others_delete_is_restored_until_that_is_a_fight() {
    inForce();
    SecurityGroupPlan.removal(service().securityGroups(Samples.SERVICE_VPC), Samples.HUB_VPC)
        .forEach(service()::apply);
    assertThat(survey(REMOVED).at("/todo/0/input/mends/what").asText())
        .startsWith("create security group in vpc-0bbbbbbbbbbbbbbbb");
    world.put(
        Samples.tagged(
            world.peering(Samples.PEERING), Tags.RESTORED, java.time.Instant.now() + " 4 e"));
    assertThat(survey(REMOVED).get("todo")).isEmpty();
  }

  @Test
  void an_untagged_vpc_is_disconnected() {
    connected();
    vpc(Samples.SERVICE_VPC, Map.of());
    assertThat(survey().at("/todo/0/kind").asText()).isEqualTo("DISCONNECT");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void what_a_deleted_vpc_left_is_disconnected_though_its_peering_is_no_longer_live() {
    connected();
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.DELETED));
    world.remove(Samples.SERVICE_VPC);
    assertThat(survey().get("todo")).isEmpty();
    String deleted =
        "{'accountId': '210987654321', 'attempt': 0, 'deleted': 'vpc-0bbbbbbbbbbbbbbbb'}";
    assertThat(survey(deleted).get("todo"))
        .isEqualTo(
            json(
                """
                [{'kind': 'DISCONNECT', 'peeringId': 'pcx-0a1b2c3d4e5f60718', 'reason':
                  'vpc-0bbbbbbbbbbbbbbbb is deleted, and the peering connection with it'}]\
                """));
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(survey(deleted).get("todo")).hasSize(1);
    world.hub().apply(Samples.PEERING).ensureWithdrawn(Samples.PEERING);
    world.open(Samples.SERVICE_ACCOUNT);
    assertThat(survey(deleted).get("todo")).isEmpty();
  }

  @Test
  void what_ends_a_connection_comes_first_and_what_asks_for_one_last() {
    connected();
    vpc(Samples.SERVICE_VPC, Map.of(Tags.CONNECT, "true"));
    secondAsks();
    VpcSide gone =
        new VpcSide(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, List.of());
    world.put(
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.ACTIVE,
            gone,
            Samples.hubSide(),
            Map.of(Tags.CIDRS, "10.140.0.0/16")));
    assertThat(
            survey(
                    "{'accountId': '210987654321', 'attempt': 0, 'changed':"
                        + " 'vpc-0bbbbbbbbbbbbbbbb'}")
                .get("todo"))
        .extracting(todo -> todo.get("kind").asText())
        .containsExactly("DISCONNECT", "CONNECT", "REQUEST");
  }

  @Test
  void a_role_that_is_not_there_yet_is_waited_for() {
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(survey())
        .isEqualTo(
            json(
                "{'state': 'WAIT', 'attempt': 1, 'waitSeconds': 30, 'todo': [], 'freezes': 'BY_HAND'}"));
    assertThat(survey("{'accountId': '210987654321', 'attempt': 1}").get("waitSeconds").asInt())
        .isEqualTo(60);
    world.open(Samples.SERVICE_ACCOUNT);
    assertThat(survey("{'accountId': '210987654321', 'attempt': 2}").get("state").asText())
        .isEqualTo("READY");
  }

  @Test
  void a_role_that_never_comes_is_given_up_with_a_notice() {
    world.close(Samples.SERVICE_ACCOUNT);
    JsonNode answer = survey("{'accountId': '210987654321', 'attempt': 100}");
    assertThat(answer.get("state").asText()).isEqualTo("GAVE_UP");
    assertThat(answer.at("/notice/subject").asText())
        .isEqualTo("Peerway: account 210987654321 cannot be entered");
  }

  @Test
  void after_an_event_of_the_account_itself_a_missing_role_is_soon_given_up_without_a_notice() {
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(survey("{'accountId': '210987654321', 'about': [], 'attempt': 0}"))
        .isEqualTo(
            json(
                "{'state': 'WAIT', 'attempt': 1, 'waitSeconds': 30, 'todo': [], 'freezes': 'BY_HAND'}"));
    assertThat(survey("{'accountId': '210987654321', 'about': [], 'attempt': 4}"))
        .isEqualTo(
            json(
                "{'state': 'READY', 'attempt': 4, 'waitSeconds': 0, 'todo': [], 'freezes': 'BY_HAND'}"));
    assertThat(log).containsExactly("210987654321 has lost its role; reconcile lists it");
    JsonNode asked =
        survey(
            "{'accountId': '210987654321', 'about': [], 'tagged': ['vpc-0bbbbbbbbbbbbbbbb'],"
                + " 'attempt': 4}");
    assertThat(asked.get("state").asText()).isEqualTo("GAVE_UP");
    assertThat(asked.at("/notice/message").asText()).contains("vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void an_account_that_cannot_be_entered_keeps_its_connection() {
    connected();
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(survey().get("todo")).isEmpty();
  }

  @Test
  void an_account_that_may_not_connect_is_not_entered_and_loses_its_connections() {
    connected();
    organization.put(Samples.SERVICE_ACCOUNT, FakeOrganization.member(false));
    world.close(Samples.SERVICE_ACCOUNT);
    JsonNode answer = survey();
    assertThat(answer.get("state").asText()).isEqualTo("READY");
    assertThat(answer.at("/todo/0/kind").asText()).isEqualTo("DISCONNECT");
    assertThat(answer.at("/todo/0/reason").asText()).contains("210987654321", "being closed");
    assertThat(world.transcript().lines()).noneMatch(line -> line.contains(": VPCs"));
  }

  @Test
  void
      one_that_is_being_closed_or_of_another_organisation_is_not_entered_though_its_role_is_there() {
    for (Membership.Member member :
        List.of(
            FakeOrganization.member(false),
            new Membership.Member("o-anotherorg", true, List.of()))) {
      organization.put(Samples.SERVICE_ACCOUNT, member);
      assertThat(survey().get("todo")).isEmpty();
    }
    assertThat(world.transcript().lines()).noneMatch(line -> line.contains("210987654321: "));
    assertThat(log)
        .containsExactly(
            "210987654321: AccountNeeds[starts=[], leftAlone=[]], account 210987654321 is suspended"
                + " or being closed",
            "210987654321: AccountNeeds[starts=[], leftAlone=[]], account 210987654321 belongs to"
                + " organisation o-anotherorg, not to o-exampleorg1");
  }

  @Test
  void one_of_another_unit_is_entered_to_tell_its_people_why_nothing_comes_of_their_tag() {
    settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    organization.put(
        Samples.SERVICE_ACCOUNT,
        new Membership.Member(Samples.ORGANIZATION, true, List.of("ou-abcd-22222222", "r-abcd")));
    assertThat(survey().get("todo")).isEmpty();
    assertThat(world.status(Samples.SERVICE_VPC))
        .startsWith("refused account 210987654321 lies in ou-abcd-22222222");
  }

  @Test
  void a_vpc_of_which_another_account_shares_subnets_gets_no_tag_of_ours() {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.OTHER_ACCOUNT, Samples.SERVICE_CIDRS, Map.of()));
    services =
        (account, region, onBehalfOf) ->
            new Sharing(world.serviceAccounts().network(account, region, onBehalfOf));
    assertThat(survey().at("/notice/message").asText())
        .contains("it belongs to account 345678901234, which shares subnets of it");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_stranger_without_connections_needs_nothing_and_is_not_waited_for() {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(survey())
        .isEqualTo(
            json(
                "{'state': 'READY', 'attempt': 0, 'waitSeconds': 0, 'todo': [], 'freezes': 'BY_HAND'}"));
  }

  @Test
  void people_hear_once_why_an_account_that_comes_may_not_connect() {
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    JsonNode answer = survey("{'accountId': '210987654321', 'arrived': true, 'attempt': 0}");
    assertThat(answer.get("todo")).isEmpty();
    assertThat(answer.at("/notice/subject").asText())
        .isEqualTo("Peerway: account 210987654321 may not connect");
    assertThat(answer.at("/notice/message").asText())
        .startsWith("Account 210987654321 is not a member of organisation ");
  }

  @Test
  void an_account_that_is_created_and_then_moved_to_another_unit_is_told_of_at_the_move() {
    settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");
    vpc(Samples.SERVICE_VPC, Map.of());
    String arrived = "{'accountId': '210987654321', 'arrived': true, 'attempt': 0}";
    organization.put(
        Samples.SERVICE_ACCOUNT,
        new Membership.Member(Samples.ORGANIZATION, true, List.of("r-abcd")));
    assertThat(survey(arrived).has("notice")).isFalse();
    organization.put(
        Samples.SERVICE_ACCOUNT,
        new Membership.Member(Samples.ORGANIZATION, true, List.of("ou-abcd-22222222", "r-abcd")));
    assertThat(survey(arrived).at("/notice/message").asText())
        .contains("ou-abcd-22222222", "none of the allowed units");
  }

  @Test
  void of_an_account_that_comes_and_is_connected_already_nothing_but_its_end_is_told() {
    connected();
    organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    JsonNode answer = survey("{'accountId': '210987654321', 'arrived': true, 'attempt': 0}");
    assertThat(answer.at("/todo/0/kind").asText()).isEqualTo("DISCONNECT");
    assertThat(answer.has("notice")).isFalse();
  }

  @Test
  void a_vpc_that_the_account_does_not_have_is_refused_by_name() {
    String named =
        "{'accountId': '210987654321', 'tagged': ['vpc-0bbbbbbbbbbbbbbbb',"
            + " 'vpc-0ddddddddddddddd0'], 'attempt': 0}";
    JsonNode answer = survey(named);
    assertThat(answer.get("todo")).hasSize(1);
    assertThat(answer.at("/notice/message").asText())
        .isEqualTo(
            "vpc-0ddddddddddddddd0: an event of account 210987654321 names it, which has no such"
                + " VPC in [eu-west-1]: it is another account's, lies elsewhere, or was deleted");
  }

  @Test
  void a_vpc_is_not_missed_where_a_region_could_not_be_read() {
    settings = Samples.settings("SERVICE_REGIONS", "eu-central-1,eu-west-1");
    services =
        (account, region, onBehalfOf) -> {
          Network network = world.serviceAccounts().network(account, region, onBehalfOf);
          return region.equals(Samples.REGION) ? network : new NotEnabled(network);
        };
    assertThat(
            survey(
                    "{'accountId': '210987654321', 'tagged': ['vpc-0ddddddddddddddd0'], 'attempt':"
                        + " 0}")
                .at("/notice/message")
                .asText())
        .doesNotContain("vpc-0ddddddddddddddd0");
  }

  @Test
  void too_many_vpcs_are_told_in_one_notice() {
    settings = Samples.settings("VPCS_PER_ACCOUNT", "1");
    vpc(SECOND, Map.of(Tags.CONNECT, "true"));
    JsonNode answer = survey();
    assertThat(answer.get("todo")).hasSize(1);
    assertThat(answer.at("/notice/message").asText())
        .isEqualTo(
            "vpc-0cccccccccccccccc: account 210987654321 would have 2 connections, at most 1 are"
                + " allowed");
  }

  @Test
  void a_refusal_that_people_have_heard_of_is_not_told_for_another_vpcs_event() {
    settings = Samples.settings("VPCS_PER_ACCOUNT", "1");
    vpc(SECOND, Map.of(Tags.CONNECT, "true"));
    String input = "{'accountId': '210987654321', 'attempt': 0, 'about': [%s]}";
    assertThat(survey(input.formatted("")).has("notice")).isFalse();
    assertThat(survey(input.formatted("'vpc-0bbbbbbbbbbbbbbbb'")).has("notice")).isFalse();
    assertThat(survey(input.formatted("'vpc-0cccccccccccccccc'")).at("/notice/message").asText())
        .startsWith("vpc-0cccccccccccccccc: ");
  }

  @Test
  void an_account_of_another_form_is_malformed() {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> survey("{'accountId': '12', 'attempt': 0}"))
        .withMessageContaining("input.look.accountId");
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> survey("{'accountId': '210987654321', 'attempt': 0, 'changed': 'x'}"))
        .withMessageContaining("input.look.changed");
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> survey("{'accountId': '210987654321', 'attempt': 0, 'deleted': 'x'}"))
        .withMessageContaining("input.look.deleted");
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> survey("{'accountId': '210987654321', 'attempt': 0, 'tagged': ['x']}"))
        .withMessageContaining("input.look.tagged");
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> survey("{'accountId': '210987654321', 'attempt': 0, 'about': ['x']}"))
        .withMessageContaining("input.look.about");
  }

  @Test
  void an_empty_vpc_whose_deletion_our_group_holds_up_is_let_go_and_does_not_ask_again() {
    connected();
    world.empty(Samples.SERVICE_VPC);
    JsonNode answer = survey(HELD_UP);
    assertThat(answer.get("todo")).hasSize(1);
    assertThat(answer.at("/todo/0/kind").asText()).isEqualTo("DISCONNECT");
    assertThat(world.transcript().changes())
        .containsExactly("hub: tag pcx-0a1b2c3d4e5f60718 {peerway:ends=vpc}");
    world.transcript().forget();
    assertThat(survey(HELD_UP).get("todo")).hasSize(1);
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.DELETED));
    assertThat(survey(HELD_UP).get("todo")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void one_that_is_not_empty_keeps_its_connection() {
    connected();
    assertThat(survey(HELD_UP).get("todo")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void one_that_may_not_be_looked_into_keeps_its_connection() {
    connected();
    ServiceAccounts open = services;
    services = (account, region, subject) -> new Closed(open.network(account, region, subject));
    assertThat(survey(HELD_UP).get("todo")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
    assertThat(log).startsWith("vpc-0bbbbbbbbbbbbbbbb is left alone: look");
  }

  @Test
  void while_one_is_let_go_another_vpc_of_the_account_is_asked_for() {
    connected();
    world.empty(Samples.SERVICE_VPC);
    secondAsks();
    assertThat(survey(HELD_UP).get("todo"))
        .extracting(todo -> todo.get("kind").asText())
        .containsExactly("DISCONNECT", "REQUEST");
  }

  private void secondAsks() {
    world.put(
        new Vpc(
            SECOND,
            Samples.SERVICE_ACCOUNT,
            Cidr.list("10.130.0.0/16"),
            Map.of(Tags.CONNECT, "true")));
  }

  private static final String HELD_UP =
      "{'accountId': '210987654321', 'heldUp': ['vpc-0bbbbbbbbbbbbbbbb'], 'about': [], 'attempt': 0}";

  /** An account with a stack of before. */
  private record Closed(Network network) implements NetworkDecorator {
    @Override
    public boolean hasInterfaces(VpcId vpc) {
      throw new Denied("look", new IllegalStateException("UnauthorizedOperation"));
    }
  }

  /** Another Region of the same account, with one tagged VPC. */
  private record Elsewhere(Network network) implements NetworkDecorator {
    @Override
    public Complete<Vpc> vpcs() {
      return new Complete<>(
          List.of(
              new Vpc(
                  SECOND,
                  Samples.SERVICE_ACCOUNT,
                  Cidr.list("10.130.0.0/16"),
                  Map.of(Tags.CONNECT, "true"))));
    }
  }

  /** An account in whose VPC another account has put its tag. */
  private record Sharing(Network network) implements NetworkDecorator {
    @Override
    public Complete<Vpc> vpcs() {
      return new Complete<>(
          List.of(
              new Vpc(
                  Samples.SERVICE_VPC,
                  Samples.OTHER_ACCOUNT,
                  Samples.SERVICE_CIDRS,
                  Map.of(Tags.CONNECT, "true"))));
    }
  }

  /** A Region that does not know the account's credentials. */
  private record NotEnabled(Network network) implements NetworkDecorator {
    @Override
    public Complete<Vpc> vpcs() {
      throw new Denied("list the VPCs: AuthFailure", new IllegalStateException("AuthFailure"));
    }
  }

  /** A Region that answers later. */
  private record OutOfReach(Network network) implements NetworkDecorator {
    @Override
    public Complete<Vpc> vpcs() {
      throw new Throttled("list the VPCs", new IllegalStateException("RequestLimitExceeded"));
    }
  }

  private void connected() {
    Peering active = Samples.request(PeeringStatus.ACTIVE);
    world.put(
        Samples.tagged(
            Samples.tagged(active, Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"), Tags.BY, "tag"));
  }

  private void vpc(VpcId id, Map<String, String> tags) {
    world.put(new Vpc(id, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, tags));
  }

  private JsonNode survey() {
    return survey("{'accountId': '210987654321', 'changed': null, 'attempt': 0, 'execution': 'e'}");
  }

  /** Of a look with the number of the attempt in it. */
  private JsonNode survey(String input) {
    ObjectNode look = (ObjectNode) json(input);
    int attempt = look.remove("attempt").asInt();
    look.remove("execution");
    return Invoked.step(
        new SurveyAccountHandler(
            FakeAws.with(world)
                .settings(settings)
                .services(services)
                .organization(organization)
                .log(log::add)
                .aws()),
        "{'look': %s, 'attempt': %d, 'execution': 'e'}".formatted(look, attempt));
  }
}
