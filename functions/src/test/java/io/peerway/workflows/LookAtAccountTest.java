package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an account to its connections, with connect and disconnect behind it. */
class LookAtAccountTest {

  private final Machines machines = new Machines();
  private final World world = machines.world;

  @BeforeEach
  void twoTaggedVpcsWithoutAPeering() {
    world.put(Samples.request(PeeringStatus.DELETED));
    vpc(1, "true");
    vpc(2, "true");
    vpc(3, "false");
  }

  @Test
  void every_tagged_vpc_is_connected() {
    Execution execution = look();
    assertThat(execution.path())
        .containsExactly(
            "Start",
            "Defaults",
            "Survey",
            "Surveyed",
            "AnyRefused",
            "Each",
            "Kind",
            "RequestPeering",
            "ConnectAsked",
            "Kind",
            "RequestPeering",
            "ConnectAsked",
            "Again",
            "HasFailed",
            "NothingFailed",
            "HasFailed",
            "NothingFailed",
            "Done");
    assertThat(live())
        .hasSize(2)
        .allSatisfy(
            peering -> {
              assertThat(peering.status()).isEqualTo(PeeringStatus.ACTIVE);
              assertThat(peering.tags()).containsEntry(Tags.BY, "tag");
            });
    assertThat(machines.vpn.sent().getLast().services())
        .isEqualTo(Cidr.list("10.1.0.0/16 10.2.0.0/16"));
  }

  @Test
  void a_second_look_changes_nothing() {
    look();
    world.transcript().forget();
    Execution second = look();
    assertThat(second.started()).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void two_looks_at_once_start_one_connect_for_each_request() {
    Execution second = machines.of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '210987654321'}");
    world.beforeNextChange(second::run);
    Execution first = machines.of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '210987654321'}");
    first.run();
    assertThat(names(first)).hasSize(2).isEqualTo(names(second));
    assertThat(live()).hasSize(2);
  }

  private static List<String> names(Execution execution) {
    return execution.started().stream().map(started -> started.get("Name").asText()).toList();
  }

  @Test
  void the_tag_off_one_takes_that_one_away_and_leaves_the_other() {
    look();
    vpc(1, "false");
    look();
    assertThat(live())
        .singleElement()
        .satisfies(peering -> assertThat(peering.requester().vpc()).isEqualTo(id(2)));
    assertThat(machines.vpn.sent().getLast().services()).isEqualTo(Cidr.list("10.2.0.0/16"));
    assertThat(world.tables(Samples.HUB_VPC))
        .allSatisfy(table -> assertThat(table.routes()).hasSize(2));
  }

  @Test
  void a_role_that_comes_late_is_waited_for() {
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution =
        machines.of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '210987654321'}", waits(3));
    execution.run();
    assertThat(execution.path().stream().filter("WaitForRole"::equals)).hasSize(3);
    assertThat(execution.started()).hasSize(2);
  }

  @Test
  void a_role_that_never_comes_is_told_after_a_day() {
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution = look();
    assertThat(execution.path()).endsWith("NotifyNoRole");
    assertThat(execution.published())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.get("Subject").asText())
                    .isEqualTo("Peerway: account 210987654321 cannot be entered"));
  }

  @Test
  void a_role_that_the_account_has_deleted_is_not_told_at_each_of_its_events() {
    world.close(Samples.SERVICE_ACCOUNT);
    Execution execution =
        machines.of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '210987654321', 'about': []}");
    execution.run();
    assertThat(execution.path().stream().filter("WaitForRole"::equals)).hasSizeLessThan(10);
    assertThat(execution.path()).endsWith("Each", "Again", "Done");
    assertThat(execution.published()).isEmpty();
  }

  @Test
  void a_stranger_is_neither_entered_nor_waited_for() {
    machines.organization.put(Samples.SERVICE_ACCOUNT, new Membership.Stranger());
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(look().path())
        .containsExactly(
            "Start", "Defaults", "Survey", "Surveyed", "AnyRefused", "Each", "Again", "Done");
  }

  @Test
  void too_many_vpcs_are_told_and_the_others_connected() {
    machines.settings = Samples.settings("VPCS_PER_ACCOUNT", "1");
    Execution execution = look();
    assertThat(execution.path()).containsSubsequence("NotifyRefused", "Each", "Again", "Done");
    assertThat(execution.published().getFirst().get("Message").asText())
        .startsWith("vpc-00000002: ");
    assertThat(live()).hasSize(1);
  }

  @Test
  void where_one_request_fails_the_others_go_on_and_a_redrive_makes_that_one() {
    vpc(4, "true");
    refuseRequestsOf(id(2));
    Execution execution = machines.of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '210987654321'}");
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(execution::run)
        .withMessageContaining("UnauthorizedOperation");
    assertThat(live())
        .extracting(peering -> peering.requester().vpc())
        .containsExactlyInAnyOrder(id(1), id(4));
    assertThat(execution.started()).hasSize(2);
    world.open(id(2));
    execution.redrive();
    assertThat(live())
        .extracting(peering -> peering.requester().vpc())
        .containsExactlyInAnyOrder(id(1), id(2), id(4));
    assertThat(execution.started()).hasSize(3);
  }

  @Test
  void a_refusal_is_told_though_the_request_for_another_vpc_fails() {
    machines.settings = Samples.settings("VPCS_PER_ACCOUNT", "1");
    refuseRequestsOf(id(1));
    Execution execution = machines.of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '210987654321'}");
    assertThatExceptionOfType(Denied.class).isThrownBy(execution::run);
    assertThat(execution.published())
        .singleElement()
        .satisfies(
            letter -> assertThat(letter.get("Message").asText()).startsWith("vpc-00000002: "));
  }

  private void refuseRequestsOf(VpcId vpc) {
    world.failRequests(
        vpc,
        () ->
            new Denied(
                "ask for a peering: UnauthorizedOperation", new IllegalStateException("denied")));
  }

  // Three looks without the role; then its stack is there.
  private Runnable waits(int times) {
    int[] left = {times};
    return () -> {
      if (--left[0] == 0) {
        world.open(Samples.SERVICE_ACCOUNT);
      }
    };
  }

  private Execution look() {
    return machines.look(Samples.SERVICE_ACCOUNT);
  }

  private List<Peering> live() {
    return world.hub().apply(Samples.SERVICE_ACCOUNT).livePeerings().items();
  }

  private static VpcId id(int n) {
    return new VpcId("vpc-0000000" + n);
  }

  private void vpc(int n, String tag) {
    world.put(
        new Vpc(
            id(n),
            Samples.SERVICE_ACCOUNT,
            Cidr.list("10." + n + ".0.0/16"),
            Map.of(Tags.CONNECT, tag)));
  }
}
