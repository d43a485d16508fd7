package io.peerway.functions.disconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.functions.connect.JoinServiceHandler;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken away in a service account, and what is borne. */
class LeaveServiceHandlerTest {

  private final World world = World.sample();
  private final SecurityGroup web =
      new SecurityGroup(
          new SecurityGroupId("sg-00000007"),
          "web",
          List.of(new Ingress(Port.parse("tcp/80"), new Cidr("0.0.0.0/0"))),
          List.of(),
          Map.of(Tags.ALLOW, "tcp/443"));
  private List<SecurityGroup> groups;
  private List<RouteTable> tables;
  private String ended = "DELETED";

  @BeforeEach
  void connected() {
    world.put(Samples.SERVICE_VPC, web);
    groups = world.groups(Samples.SERVICE_VPC);
    tables = world.tables(Samples.SERVICE_VPC);
    Invoked.step(new JoinServiceHandler(FakeAws.of(world)), Inputs.STEP);
    assertThat(world.groups(Samples.SERVICE_VPC)).isNotEqualTo(groups);
    world.put(Samples.request(PeeringStatus.DELETED));
    world.transcript().forget();
    world.forgetSessions();
  }

  @Test
  void leaves_the_service_vpc_as_it_was_before_it_was_connected() {
    JsonNode answer = run();
    assertThat(answer.get("changes")).hasSize(6);
    assertThat(answer.get("left")).isEmpty();
    assertThat(answer.at("/notice/message").asText())
        .contains("vpc-0bbbbbbbbbbbbbbbb", "210987654321", "the service VPC is deleted")
        .endsWith("in the service account its routes and our security group too.");
    assertAsBefore();
    assertThat(world.transcript().changes())
        .contains("210987654321: revoke tcp/443 from 10.100.0.10/32 in sg-00000007")
        .last()
        .asString()
        .startsWith("210987654321: delete security group sg-");
    assertThat(world.sessions()).containsExactly(Samples.SERVICE_ACCOUNT);
  }

  @Test
  void leaves_the_groups_to_a_newer_connection_of_the_same_vpcs() {
    Peering newer = newer(Map.of(Tags.CIDRS, "10.110.0.0/16"));
    world.put(newer);
    JsonNode answer = run();
    assertThat(answer.get("changes")).hasSize(3).allMatch(line -> line.asText().contains("route"));
    assertThat(answer.get("successor").asText()).isEqualTo(newer.id().value());
    // One that was never let in needs no group.
    world.put(newer(Map.of()));
    assertThat(run().get("changes")).hasSize(3).noneMatch(line -> line.asText().contains("route"));
  }

  @Test
  void leaves_the_groups_to_a_newer_connection_whose_claim_is_damaged_or_lost() {
    world.put(newer(Map.of(Tags.CIDRS, "what else")));
    assertThat(run().get("changes")).hasSize(3).allMatch(line -> line.asText().contains("route"));
    world.put(newer(Map.of(Tags.BY, Tags.BY_TAG)));
    assertThat(run().get("changes")).isEmpty();
  }

  @Test
  void names_a_newer_connection_that_came_while_the_groups_went() {
    world.beforeNextChange(() -> world.put(newer(Map.of(Tags.CIDRS, "10.110.0.0/16"))));
    assertThat(run().get("successor").asText()).isEqualTo(Samples.OTHER_PEERING.value());
  }

  @Test
  void names_a_request_as_well_where_a_person_has_refused_the_vpc() {
    Peering request =
        Samples.in(newer(Map.of(Tags.BY, Tags.BY_TAG)), PeeringStatus.PENDING_ACCEPTANCE);
    world.put(request);
    assertThat(run().has("successor")).isFalse();
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.DECISION, "refuse"));
    assertThat(run().get("successor").asText()).isEqualTo(request.id().value());
  }

  @Test
  void what_another_run_has_told_is_not_told_again() {
    ended = "GONE";
    assertThat(run().has("notice")).isFalse();
    assertAsBefore();
  }

  @Test
  void a_second_time_changes_nothing_and_says_the_same() {
    JsonNode first = run();
    world.transcript().forget();
    JsonNode second = run();
    assertThat(second.get("changes")).isEmpty();
    assertThat(second.get("notice")).isEqualTo(first.get("notice"));
    assertThat(world.transcript().changes())
        .containsExactly("210987654321: vpc-0bbbbbbbbbbbbbbbb says nothing");
  }

  @Test
  void the_mark_of_an_end_that_is_under_way_goes_once_all_is_gone() {
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, ""));
    world.fail(
        Samples.SERVICE_ACCOUNT, () -> new Unavailable("no answer", new IllegalStateException()));
    assertThatExceptionOfType(Unavailable.class).isThrownBy(this::run);
    assertThat(world.peering(Samples.PEERING).isHalfGone()).isTrue();
    world.open(Samples.SERVICE_ACCOUNT);
    run();
    assertThat(world.peering(Samples.PEERING).isHalfGone()).isFalse();
    assertThat(world.transcript().changes()).last().isEqualTo("hub: close " + Samples.PEERING);
  }

  @Test
  void a_run_that_was_cut_off_is_completed_by_the_next() {
    for (int changes = 0; changes < 5; changes++) {
      world.cutOffAfter(1);
      assertThatExceptionOfType(World.CutOff.class).isThrownBy(this::run);
    }
    world.mend();
    run();
    assertAsBefore();
  }

  @Test
  void a_vpc_that_is_gone_leaves_nothing() {
    world.remove(Samples.SERVICE_VPC);
    JsonNode answer = run();
    assertThat(answer.get("changes")).isEmpty();
    assertThat(answer.get("left")).isEmpty();
  }

  @Test
  void an_account_that_cannot_be_entered_is_left_and_told() {
    world.close(Samples.SERVICE_ACCOUNT);
    JsonNode answer = run();
    assertThat(answer.get("left"))
        .extracting(JsonNode::asText)
        .containsExactly("its routes (Denied)", "our security group and openings (Denied)");
    assertThat(answer.at("/notice/message").asText())
        .contains("its routes (Denied), our security group and openings (Denied)", "reconcile");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_refusal_of_one_part_does_not_keep_the_others() {
    world.refuse(Change.RemoveRoute.class);
    assertThat(run().get("left"))
        .extracting(JsonNode::asText)
        .containsExactly("its routes (Denied)");
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(groups);
  }

  @Test
  void a_refusal_of_one_group_does_not_keep_the_next() {
    world.refuse(Change.RevokeIngress.class);
    assertThat(run().get("left"))
        .extracting(JsonNode::asText)
        .containsExactly("our security group and openings (Denied)");
    assertThat(world.tables(Samples.SERVICE_VPC)).isEqualTo(tables);
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(groups.size());
  }

  @Test
  void thousands_of_refusals_are_not_waited_for() {
    for (int n = 0; n < 100; n++) {
      Cidr destination = new Cidr("10.100." + n + ".0/24");
      world.route(
          Samples.SERVICE_VPC,
          new Route(destination, Samples.PEERING.value(), Route.State.BLACKHOLE));
    }
    world.refuse(Change.RemoveRoute.class);
    run();
    assertThat(world.transcript().changes()).filteredOn(line -> line.contains("route")).hasSize(10);
  }

  @Test
  void a_group_that_instances_still_have_is_left_and_told() {
    world.useGroups(true);
    JsonNode answer = run();
    assertThat(answer.get("left"))
        .extracting(JsonNode::asText)
        .containsExactly("our security group (still in use)");
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(groups.size() + 1);
    assertThat(world.groups(Samples.SERVICE_VPC)).allMatch(group -> group.ours().isEmpty());
    world.useGroups(false);
    assertThat(run().get("left")).isEmpty();
    assertAsBefore();
  }

  static Stream<PeerwayException> failures() {
    Throwable cause = new IllegalStateException();
    return Stream.of(
        new RefusedByAws("InvalidParameterValue", cause),
        new NotYetVisible("not yet", cause),
        new Throttled("RequestLimitExceeded", cause),
        new Unavailable("no answer", cause));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void any_other_failure_there_is_thrown(PeerwayException e) {
    world.fail(Samples.SERVICE_ACCOUNT, () -> e);
    assertThatThrownBy(this::run).isSameAs(e);
  }

  @Test
  void a_refusal_in_the_hub_account_is_thrown() {
    world.close(Samples.HUB_ACCOUNT);
    assertThatExceptionOfType(Denied.class).isThrownBy(this::run);
  }

  private static Peering newer(Map<String, String> tags) {
    return new Peering(
        Samples.OTHER_PEERING,
        PeeringStatus.ACTIVE,
        Samples.serviceSide(),
        Samples.hubSide(),
        tags);
  }

  private void assertAsBefore() {
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(groups);
    assertThat(world.tables(Samples.SERVICE_VPC)).isEqualTo(tables);
  }

  private JsonNode run() {
    return Invoked.step(
        new LeaveServiceHandler(FakeAws.of(world)),
        "{'connection': %s, 'reason': 'the service VPC is deleted', 'ended': {'state': '%s', 'lookAt': []}, 'execution': 'e'}"
            .formatted(Inputs.WITHDRAWN, ended));
  }
}
