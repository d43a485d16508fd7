package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.AccountId;
import io.peerway.testing.Samples;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private Peering peering = Samples.request(PeeringStatus.ACTIVE);

  @Test
  void each_account_is_noted_once_and_as_many_as_a_tag_holds() {
    for (int n = 0; n < 30; n++) {
      Waiting.note(peering, account(n))
          .ifPresent(value -> peering = Samples.tagged(peering, Tags.WANTED_BY, value));
    }
    assertThat(peering.wantedBy()).hasSize(19).startsWith(account(0)).endsWith(account(18));
    assertThat(peering.tags().get(Tags.WANTED_BY)).hasSizeLessThanOrEqualTo(256);
    assertThat(Waiting.note(peering, account(3))).isEmpty();
  }

  @Test
  void what_somebody_else_wrote_there_is_left_out() {
    peering = Samples.tagged(peering, Tags.WANTED_BY, "x  12 100000000001 100000000001");
    assertThat(Waiting.note(peering, account(2))).contains("100000000001 100000000002");
  }

  private static AccountId account(int n) {
    return new AccountId("%d".formatted(100_000_000_000L + n));
  }
}
