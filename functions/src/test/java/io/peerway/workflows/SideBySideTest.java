package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection is made and taken away at the same time: the tag goes off while connect runs, or on
 * while disconnect runs, before any change. What the tag says last has to come out.
 */
class SideBySideTest {

  // Claim, the tag for the team, and six routes at the hub; then the peering. Between the last read
  // and the deletion nobody can step in: EC2 knows no condition for it.
  private static final int DELETION = 8;

  // And the team's tag, three routes at the service, opening and group, and the claim's tag.
  private static final int CHANGES = 16;

  private final Machines machines = new Machines();
  private final World world = machines.world;
  private List<RouteTable> hubTables;
  private List<RouteTable> serviceTables;
  private List<SecurityGroup> groups;

  @BeforeEach
  void asked() {
    hubTables = world.tables(Samples.HUB_VPC);
    serviceTables = world.tables(Samples.SERVICE_VPC);
    groups = world.groups(Samples.SERVICE_VPC);
    tag("true");
  }

  // The first change is the claim: before it nobody knows that the tag has asked.
  static IntStream changesOfConnect() {
    return IntStream.range(1, 12);
  }

  @ParameterizedTest(name = "before change {0}")
  @MethodSource("changesOfConnect")
  void the_tag_taken_off_while_it_is_connected_leaves_nothing_behind(int change) {
    before(change, "false");
    finished(() -> machines.run(Workflow.CONNECT, Samples.PEERING));
    assertGone();
  }

  static IntStream changesOfDisconnect() {
    return IntStream.range(0, DELETION);
  }

  @ParameterizedTest(name = "before change {0}")
  @MethodSource("changesOfDisconnect")
  void the_tag_put_back_while_it_is_taken_away_ends_in_a_connection(int change) {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    tag("false");
    before(change, "true");
    finished(() -> machines.run(Workflow.DISCONNECT, Samples.PEERING));
    assertConnected(Samples.PEERING);
  }

  static IntStream changesAfterTheDeletion() {
    return IntStream.range(DELETION + 1, CHANGES);
  }

  @ParameterizedTest(name = "before change {0}")
  @MethodSource("changesAfterTheDeletion")
  void the_tag_put_back_after_the_peering_went_ends_in_a_new_connection(int change) {
    machines.run(Workflow.CONNECT, Samples.PEERING);
    tag("false");
    before(change, "true");
    finished(() -> machines.run(Workflow.DISCONNECT, Samples.PEERING));
    assertConnected(
        world.peerings().stream()
            .filter(peering -> peering.status() == PeeringStatus.ACTIVE)
            .map(Peering::id)
            .reduce((one, two) -> one)
            .orElseThrow());
  }

  // A step that failed for good is told to people; what it leaves is looked at here.
  private static void finished(Runnable execution) {
    try {
      execution.run();
    } catch (PeerwayException e) {
      System.out.println("ended as " + e);
    }
  }

  /** The tag changes, and its event is looked into at once, just before the given change. */
  private void before(int change, String tag) {
    world.beforeNextChange(
        () -> {
          if (change == 0) {
            tag(tag);
            finished(() -> machines.look(Samples.SERVICE_ACCOUNT));
          } else {
            before(change - 1, tag);
          }
        });
  }

  private void assertGone() {
    assertThat(world.peering(Samples.PEERING).status())
        .isIn(PeeringStatus.DELETED, PeeringStatus.REJECTED);
    assertThat(world.tables(Samples.HUB_VPC)).isEqualTo(hubTables);
    assertThat(world.tables(Samples.SERVICE_VPC)).isEqualTo(serviceTables);
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(groups);
    assertThat(machines.vpn.inForce().services()).isEmpty();
  }

  private void assertConnected(PeeringId peering) {
    assertThat(world.peering(peering).status()).isEqualTo(PeeringStatus.ACTIVE);
    assertThat(world.peering(peering).claim()).isEqualTo(Samples.SERVICE_CIDRS);
    Route route = new Route(Samples.SERVICE_CIDRS.getFirst(), peering.value(), Route.State.ACTIVE);
    assertThat(world.tables(Samples.SERVICE_VPC))
        .allSatisfy(
            table ->
                assertThat(table.routes())
                    .filteredOn(other -> other.target().startsWith("pcx-"))
                    .containsExactly(
                        new Route(
                            Samples.HUB_CIDRS.getFirst(), peering.value(), Route.State.ACTIVE)));
    assertThat(world.tables(Samples.HUB_VPC))
        .allSatisfy(table -> assertThat(table.routes()).contains(route));
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(groups.size() + 1);
    assertThat(machines.vpn.inForce().services()).isEqualTo(Samples.SERVICE_CIDRS);
  }

  private void tag(String value) {
    world.put(
        new Vpc(
            Samples.SERVICE_VPC,
            Samples.SERVICE_ACCOUNT,
            Samples.SERVICE_CIDRS,
            Map.of(Tags.CONNECT, value)));
  }
}
