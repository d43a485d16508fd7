package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.AccountId;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionReadTest {
  private final World world = World.sample();

  @Test
  void an_account_that_sees_only_vpcs_of_others_has_no_tables_or_groups_to_be_read() {
    // What it sees is then what their owner has.
    AccountSight.Seen shared = read(Samples.OTHER_ACCOUNT);
    assertThat(shared.listed()).hasSize(1);
    assertThat(world.transcript().lines()).containsExactly("  210987654321: VPCs");
    world.transcript().forget();
    read(Samples.SERVICE_ACCOUNT);
    assertThat(world.transcript().lines())
        .containsExactly(
            "  210987654321: VPCs",
            "  210987654321: route tables",
            "  210987654321: security groups");
  }

  private AccountSight.Seen read(AccountId account) {
    HubSight hub = new HubSight(Samples.hubVpc(), List.of(), List.of());
    return new RegionRead(
            world
                .serviceAccounts()
                .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING),
            Samples.REGION,
            account,
            hub)
        .of(new AccountReads(Samples.settings(), account, hub, ReconcileOrder.of(Map.of())));
  }
}
