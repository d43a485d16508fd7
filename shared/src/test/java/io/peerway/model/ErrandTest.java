package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrandTest {
  private static final Errand NAMED = Errand.connect(Samples.PEERING);
  private static final Errand DOUBTFUL = new Errand.Connect(Samples.PEERING, true);

  @Test
  void two_are_one_where_the_same_workflow_goes_to_the_same_subject() {
    assertThat(
            List.of(
                NAMED,
                DOUBTFUL,
                new Errand.Disconnect(Samples.PEERING),
                new Errand.Look(AccountLook.at(Samples.SERVICE_ACCOUNT)),
                new Errand.Reconcile(Duration.ZERO),
                new Errand.Reconcile(Duration.ofMinutes(2))))
        .extracting(Errand::key)
        .containsExactly(
            "connect pcx-0a1b2c3d4e5f60718",
            "connect pcx-0a1b2c3d4e5f60718",
            "disconnect pcx-0a1b2c3d4e5f60718",
            "look-at-account 210987654321",
            "reconcile all-connections",
            "reconcile-after-120 all-connections");
  }

  @Test
  void a_peering_connection_that_any_event_has_named_is_not_in_doubt() {
    assertThat(DOUBTFUL.and(DOUBTFUL)).isEqualTo(DOUBTFUL);
    assertThat(DOUBTFUL.and(NAMED)).isEqualTo(NAMED);
    assertThat(NAMED.and(DOUBTFUL)).isEqualTo(NAMED);
    assertThat(NAMED.and(NAMED)).isEqualTo(NAMED);
  }

  @Test
  void an_end_or_a_look_at_all_for_two_reasons_is_the_same() {
    for (Errand errand :
        List.of(new Errand.Disconnect(Samples.PEERING), new Errand.Reconcile(Duration.ZERO))) {
      assertThat(errand.and(errand)).isEqualTo(errand);
    }
  }

  @Test
  void looks_at_one_account_make_one_for_the_reasons_of_both() {
    AccountLook one = AccountLook.afterEvent(Samples.SERVICE_ACCOUNT, Samples.SERVICE_VPC);
    AccountLook other = AccountLook.afterEvent(Samples.SERVICE_ACCOUNT, Samples.OTHER_VPC);
    assertThat(new Errand.Look(one).and(new Errand.Look(other)))
        .isEqualTo(new Errand.Look(one.and(other)));
  }
}
