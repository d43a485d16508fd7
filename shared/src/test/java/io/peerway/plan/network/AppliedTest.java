package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.network.Change;
import io.peerway.model.port.Network;
import io.peerway.model.value.Complete;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedTest {
  private final World world = World.sample();
  private final Network network =
      world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING);
  private final List<Change> plan =
      RoutePlan.plan(
          new Complete<>(world.tables(Samples.SERVICE_VPC)), Samples.HUB_CIDRS, Samples.PEERING);
  private final List<String> log = new ArrayList<>();

  @Test
  void each_change_is_in_the_log_and_in_the_answer() {
    Applied applied = Applied.to(network, plan, log::add);
    assertThat(applied.changes())
        .containsExactly(
            "add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000001",
            "add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000002",
            "add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000003");
    assertThat(log).isEqualTo(applied.changes());
  }

  @Test
  void of_a_run_that_is_cut_off_the_log_has_what_was_made() {
    world.cutOffAfter(2);
    assertThatExceptionOfType(World.CutOff.class)
        .isThrownBy(() -> Applied.to(network, plan, log::add));
    assertThat(log).hasSize(2).last().asString().endsWith("rtb-10000002");
  }
}
