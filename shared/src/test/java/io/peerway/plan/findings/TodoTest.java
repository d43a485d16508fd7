package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.PeeringStatus;
import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class TodoTest {
  private static final Repair ENDS =
      Repair.disconnect(Samples.request(PeeringStatus.ACTIVE), Samples.HUB_VPC, "it is over");
  private static final Repair LEAVES =
      Repair.leave(
          "left in vpc-1", Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.SERVICE_VPC, "a group");

  @Test
  void every_repair_is_to_be_done_with_what_it_takes_and_without_its_reason() {
    assertThat(Todo.of(List.of(ENDS, LEAVES), List.of()))
        .containsExactly(
            new Todo(
                Repair.Kind.DISCONNECT,
                Samples.PEERING.value(),
                Samples.SERVICE_ACCOUNT,
                Samples.PEERING,
                null,
                null,
                null,
                null),
            new Todo(
                Repair.Kind.LEAVE,
                "left in vpc-1",
                Samples.SERVICE_ACCOUNT,
                null,
                Samples.REGION,
                Samples.SERVICE_VPC,
                null,
                null));
  }

  @Test
  void what_has_been_done_already_stands_in_its_place() {
    Todo done =
        new Todo(Repair.Kind.LEAVE, "left in vpc-1", null, null, null, null, "FAILED", "Left");
    Todo other = new Todo(Repair.Kind.LEAVE, "vpc-2", null, null, null, null, "SUCCEEDED", null);
    assertThat(Todo.of(List.of(ENDS, LEAVES), List.of(other, done)))
        .hasSize(2)
        .last()
        .isEqualTo(done);
  }
}
