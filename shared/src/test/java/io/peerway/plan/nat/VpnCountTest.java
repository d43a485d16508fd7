package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.InstanceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VpnCountTest {
  private static final InstanceId ONE = new InstanceId("i-00000001");
  private static final InstanceId TWO = new InstanceId("i-00000002");

  @Test
  void what_was_lost_is_counted_from_the_count_before() {
    assertThat(since(counted(ONE, 12L), counted(ONE, 5L))).isEqualTo(7);
    assertThat(since(counted(ONE, 12L), counted(TWO, 5L))).isEqualTo(12);
    assertThat(since(counted(ONE, 12L))).isEqualTo(12);
  }

  @Test
  void an_instance_that_counts_less_has_begun_anew() {
    assertThat(since(counted(ONE, 3L), counted(ONE, 5L))).isEqualTo(3);
  }

  @Test
  void who_says_nothing_has_lost_nothing_that_is_known() {
    assertThat(VpnCount.since(List.of(counted(ONE, null)), Optional.empty()).getFirst().lost())
        .isNull();
    assertThat(VpnCount.anyHasLost(null)).isFalse();
    assertThat(VpnCount.anyHasLost(List.of(counted(ONE, null), counted(TWO, 0L)))).isFalse();
    assertThat(VpnCount.anyHasLost(List.of(counted(ONE, null), counted(TWO, 1L)))).isTrue();
    assertThat(counted(ONE, 1L).used()).isEmpty();
    assertThat(new VpnCount(ONE, 1, 0, null, null).used()).isEmpty();
    assertThat(new VpnCount(ONE, 1, 4, null, null).used()).contains(25.0);
  }

  private static Long since(VpnCount now, VpnCount... before) {
    return VpnCount.since(List.of(now), Optional.of(List.of(before))).getFirst().lost();
  }

  private static VpnCount counted(InstanceId instance, @Nullable Long failed) {
    return new VpnCount(instance, null, null, failed, null);
  }
}
