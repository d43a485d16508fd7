package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a connection of a service with three route tables takes, counted as {@code make bench} does:
 * a repeated look at what is not ready yet is not.
 */
class ConnectCostTest {
  private static final List<Cidr> ONE_CIDR = List.of(Samples.SERVICE_CIDRS.getFirst());

  private final Machines machines = new Machines();
  private final World world = machines.world;

  @BeforeEach
  void asks() {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, ONE_CIDR, Map.of()));
    world.route(
        Samples.SERVICE_VPC, new Route(ONE_CIDR.getFirst(), Route.LOCAL, Route.State.ACTIVE));
    world.route(
        Samples.HUB_VPC, new Route(Samples.HUB_CIDRS.getFirst(), Route.LOCAL, Route.State.ACTIVE));
    Peering asked = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    world.put(asked);
  }

  @Test
  void thirty_calls_of_aws_and_seventeen_transitions() {
    Execution execution = machines.run(Workflow.CONNECT, Samples.PEERING);
    assertThat(execution.path()).endsWith("NotifyConnected");
    long polls = execution.path().stream().filter("Accept"::equals).count() - 1;
    List<String> calls = world.transcript().lines();
    // Our group is made, and then opened.
    long openings = calls.stream().filter(call -> call.contains(": create security group")).count();
    assertThat(calls.size() + openings - polls + world.sessions().size() + 1)
        .as("%s, %s, and one events:PutEvents", calls, world.sessions())
        .isEqualTo(30);
    // Accept, PeeringState and WaitForPeering of a round are the poll's; one more leads to the end.
    assertThat(execution.path().size() - 3 * polls + 1).isLessThanOrEqualTo(18);
  }
}
