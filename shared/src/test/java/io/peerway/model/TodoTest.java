package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.PeeringStatus;
import io.peerway.model.value.Place;
import io.peerway.testing.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TodoTest {
  private static final Start ENDS =
      Start.disconnect(Samples.request(PeeringStatus.ACTIVE), Samples.HUB_VPC, "it is over");
  private static final Start LEAVES =
      new Start.Leave(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.SERVICE_VPC, "a group");

  @Test
  void every_repair_is_to_be_done_with_what_it_takes_and_without_its_reason() {
    assertThat(Todo.ofAll(List.of(ENDS, LEAVES), List.of()))
        .containsExactly(
            new Todo(
                Todo.Kind.DISCONNECT,
                Samples.PEERING,
                Samples.SERVICE_ACCOUNT,
                Samples.PEERING,
                null,
                null,
                null,
                null,
                null,
                null),
            new Todo(
                Todo.Kind.LEAVE,
                LEAVES.at(),
                Samples.SERVICE_ACCOUNT,
                null,
                Samples.REGION,
                Samples.SERVICE_VPC,
                null,
                null,
                null,
                null));
  }

  @Test
  void what_has_been_done_already_stands_in_its_place() {
    Todo done = done(LEAVES.at(), "FAILED", "Left");
    Todo other = done(Samples.OTHER_VPC, "SUCCEEDED", null);
    assertThat(Todo.ofAll(List.of(ENDS, LEAVES), List.of(other, done)))
        .hasSize(2)
        .last()
        .isEqualTo(done);
  }

  @Test
  void what_a_report_has_is_what_is_to_be_started() {
    for (Start start : List.of(ENDS, LEAVES)) {
      assertThat(Todo.of(start).start()).isEqualTo(start);
    }
  }

  private static Todo done(Place at, String state, @Nullable String error) {
    return new Todo(Todo.Kind.LEAVE, at, null, null, null, null, null, null, state, error);
  }
}
