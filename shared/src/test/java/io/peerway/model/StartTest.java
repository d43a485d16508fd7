package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartTest {
  private static final String WHY = "a reason";

  static Stream<Start> starts() {
    return Stream.of(
        new Start.Request(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.SERVICE_VPC, WHY),
        new Start.Connect(Samples.SERVICE_ACCOUNT, Samples.PEERING, WHY),
        new Start.Restore(Samples.SERVICE_ACCOUNT, Samples.PEERING, WHY),
        new Start.Disconnect(Samples.SERVICE_ACCOUNT, Samples.PEERING, WHY, true),
        new Start.Leave(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.SERVICE_VPC, WHY));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void a_reason_that_is_too_long_is_cut_and_all_else_stays(Start start) {
    assertThat(start.shortened(WHY.length())).isSameAs(start);
    Start shortened = start.shortened(WHY.length() - 1);
    assertThat(shortened.reason()).isEqualTo("a reaso…");
    assertThat(shortened)
        .usingRecursiveComparison()
        .ignoringFields("reason")
        .withStrictTypeChecking()
        .isEqualTo(start);
  }
}
