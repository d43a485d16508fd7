package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How much of a connection has room in an execution's data where there is no other: 1,500 bytes.
 */
class InspectionTest {
  private static final int LINE = 250;

  @Test
  void what_just_has_room_is_whole_and_with_one_byte_more_it_is_counted() {
    assertThat(shortened(6, n -> line(n, LINE)))
        .isEqualTo(IntStream.range(0, 6).mapToObj(n -> line(n, LINE)).toList());
    assertThat(shortened(6, n -> line(n, n == 3 ? LINE + 1 : LINE)))
        .hasSize(6)
        .last()
        .extracting(Finding::what)
        .isEqualTo("and 1 more of this");
  }

  @Test
  void who_did_it_is_said_as_long_as_there_is_room_to_the_last_byte() {
    assertThat(shortened(5, n -> line(n, LINE).by("y".repeat(n == 0 ? LINE : 1))))
        .extracting(Finding::by)
        .containsExactly("y".repeat(LINE), null, null, null, null);
    assertThat(shortened(5, n -> line(n, n == 0 ? LINE + 1 : LINE).by("y".repeat(LINE))))
        .extracting(Finding::by)
        .containsOnlyNulls();
  }

  @Test
  void as_many_vpcs_as_are_shown_need_no_count() {
    assertThat(shortened(20, n -> Finding.leftAlone(new VpcId("vpc-%08x".formatted(n)), "so")))
        .hasSize(20)
        .noneMatch(finding -> finding.what().contains("more VPCs"));
  }

  private static List<Finding> shortened(int lines, IntFunction<Finding> line) {
    return new Inspection(IntStream.range(0, lines).mapToObj(line).toList(), List.of())
        .shortened(1)
        .findings();
  }

  /** A line that is so long with its place. */
  private static Finding line(int number, int length) {
    Place at = Samples.PEERING;
    return Finding.drift(at, number + "x".repeat(length - (at + ": ").length() - 1));
  }
}
