package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.peerway.model.error.Throttled",
        "io.peerway.model.error.Unavailable",
        "io.peerway.model.error.NotYetVisible",
        "States.Timeout",
        "TIMED_OUT",
        "Lambda.TooManyRequestsException",
        "Runtime.ExitError",
        "Sandbox.Timedout"
      })
  void passes_by_itself(String error) {
    assertThat(PassingFailure.is(error)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.peerway.model.error.Denied",
        "io.peerway.model.error.ForeignRoute",
        "io.peerway.model.error.RouteTableFull",
        "io.peerway.model.error.RefusedByAws",
        "io.peerway.model.error.NatCommandFailed",
        "java.lang.IllegalStateException",
        "States.DataLimitExceeded",
        "States.TaskFailed",
        "ABORTED",
        ""
      })
  void waits_for_a_person(String error) {
    assertThat(PassingFailure.is(error)).isFalse();
  }
}
