package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerway.model.error.RefusedByAws;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.report.Doers;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckAccountTest {
  private final World world = World.sample();
  private final List<String> log = new ArrayList<>();

  @Test
  void what_aws_refuses_is_checked_once_more_and_the_log_has_why() {
    RefusedByAws refusal = new RefusedByAws("an odd answer", new IllegalStateException());
    world.fail(Samples.SERVICE_ACCOUNT, () -> refusal);
    assertThat(check(false).found()).isEqualTo(Inspection.refused(Samples.SERVICE_ACCOUNT));
    assertThat(log)
        .containsExactly(
            "210987654321 is checked again when the others are repaired: an odd answer");
    assertThatThrownBy(check(true)::found).isSameAs(refusal);
  }

  private CheckAccount check(boolean again) {
    return new CheckAccount(
        FakeAws.with(world).log(log::add).aws(),
        Samples.SERVICE_ACCOUNT,
        ReconcileOrder.of(Map.of()),
        new HubSight(Samples.hubVpc(), List.of(), List.of()),
        again,
        session -> new Doers((place, resource) -> List.of()));
  }
}
