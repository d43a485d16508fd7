package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.MalformedEvent;
import io.peerway.model.freeze.Freezes;
import io.peerway.plan.findings.ReconcileOrder.Mode;
import io.peerway.plan.findings.ReconcileOrder.Range;
import io.peerway.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcileOrderTest {

  @Test
  void nothing_said_is_a_plan_of_everything() {
    assertThat(ReconcileOrder.of(Map.of()))
        .isEqualTo(new ReconcileOrder(Mode.PLAN, Range.ALL, null));
  }

  @Test
  void everything_said_is_heard() {
    ReconcileOrder order =
        ReconcileOrder.of(
            Map.of("mode", "repair", "accounts", "connected", "only", Samples.PEERING.value()));
    assertThat(order).isEqualTo(new ReconcileOrder(Mode.REPAIR, Range.CONNECTED, Samples.PEERING));
    assertThat(order.includes(Samples.PEERING)).isTrue();
    assertThat(order.includes(Samples.OTHER_PEERING)).isFalse();
  }

  @Test
  void a_value_that_is_not_known_is_named_with_what_was_expected() {
    refused(Map.of("mode", "Repair"), "mode: plan or repair expected, got: Repair");
    refused(Map.of("mode", 1), "mode: plan or repair expected, got: 1");
    refused(Map.of("accounts", ""), "accounts: all or connected expected, got: ");
    refused(Map.of("only", "vpc-12345678"), "only: a VPC peering connection id (pcx-…) expected");
    refused(Map.of("after", "90"), "after: seconds expected, got: 90");
    refused(Map.of("dry", true), "mode, only, accounts, after and freezes expected, got: dry");
    refused(Map.of("freezes", "heed"), "freezes: HEED, PASSED or BY_HAND expected, got: heed");
  }

  @Test
  void only_what_people_have_not_started_says_how_it_stands_to_freezes() {
    assertThat(ReconcileOrder.of(Map.of()).freezes()).isNull();
    assertThat(ReconcileOrder.of(Map.of("freezes", "HEED")).freezes()).isEqualTo(Freezes.HEED);
  }

  @Test
  void what_the_workflow_has_waited_changes_nothing() {
    assertThat(ReconcileOrder.of(Map.of("after", 90))).isEqualTo(ReconcileOrder.of(Map.of()));
  }

  @Test
  void a_hostile_value_is_shown_in_one_short_line() {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> ReconcileOrder.of(Map.of("mode", "a\n" + "b".repeat(5000))))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\n"));
  }

  private static void refused(Map<String, ?> input, String said) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> ReconcileOrder.of(input))
        .withMessageContaining(said);
  }
}
