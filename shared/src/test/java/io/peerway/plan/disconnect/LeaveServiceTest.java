package io.peerway.plan.disconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Connection;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaveServiceTest {
  private final World world = World.sample();
  private final List<String> log = new ArrayList<>();

  @Test
  void of_an_earlier_peering_connection_that_a_person_refused_nothing_is_said_when_another_ends() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.DELETED), Tags.DECISION, "refuse"));
    world.put(newer(PeeringStatus.DELETED, ""));
    leave(Samples.OTHER_PEERING);
    assertThat(world.status(Samples.SERVICE_VPC)).isEmpty();
    assertThat(world.peering(Samples.OTHER_PEERING).isHalfGone()).isFalse();
  }

  @Test
  void the_log_names_the_connection_that_the_groups_are_left_to() {
    world.put(Samples.request(PeeringStatus.DELETED));
    leave(Samples.PEERING);
    assertThat(log).noneMatch(line -> line.startsWith("the groups"));
    log.clear();
    world.put(newer(PeeringStatus.ACTIVE, "10.110.0.0/16"));
    leave(Samples.PEERING);
    assertThat(log)
        .containsExactly(
            "the groups are left to pcx-0ffffffffffffffff, which joins the same VPCs now");
  }

  @Test
  void the_log_has_each_thing_that_was_left_or_taken_away() {
    world.put(Samples.request(PeeringStatus.DELETED));
    Cidr hub = Samples.HUB_CIDRS.getFirst();
    world.route(
        Samples.SERVICE_VPC, new Route(hub, Samples.PEERING.value(), Route.State.BLACKHOLE));
    world.refuse(Change.RemoveRoute.class);
    leave(Samples.PEERING);
    assertThat(log)
        .filteredOn(line -> line.startsWith("left: its routes: remove route"))
        .hasSize(3);
    log.clear();
    world.open(Samples.SERVICE_ACCOUNT);
    leave(Samples.PEERING);
    assertThat(log)
        .contains(
            "remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000001",
            "remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000002",
            "remove route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 from rtb-10000003");
  }

  private static Peering newer(PeeringStatus status, String claim) {
    return new Peering(
        Samples.OTHER_PEERING,
        status,
        Samples.serviceSide(),
        Samples.hubSide(),
        Map.of(Tags.CIDRS, claim));
  }

  private void leave(PeeringId id) {
    new LeaveService(
            FakeAws.with(world).log(log::add).aws(),
            new Connection(id, Connection.End.HUB, Samples.hubSide(), Samples.serviceSide()),
            "it is over",
            new DeleteAnswer(DeleteAnswer.State.DELETED, List.of()),
            "")
        .answer();
  }
}
