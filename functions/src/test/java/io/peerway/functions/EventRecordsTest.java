package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.Throttled;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventHistory;
import io.peerway.model.value.Region;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
  private final List<String> asked = new ArrayList<>();
  private EventHistory history = resource -> List.of("{\"about\": \"" + resource + "\"}");
  private final EventRecords records =
      new EventRecords(
          side ->
              resource -> {
                asked.add(side.region() + " " + resource);
                return history.about(resource);
              },
          line -> {});

  @Test
  void each_resource_is_asked_for_once_and_no_more_than_five_in_one_account_and_region() {
    for (int time = 0; time < 2; time++) {
      for (int n = 0; n < 7; n++) {
        assertThat(records.about(Samples.serviceSide(), "rtb-" + n))
            .isEqualTo(n < 5 ? List.of(Map.of("about", "rtb-" + n)) : List.of());
      }
    }
    assertThat(asked)
        .containsExactly(
            "eu-west-1 rtb-0",
            "eu-west-1 rtb-1",
            "eu-west-1 rtb-2",
            "eu-west-1 rtb-3",
            "eu-west-1 rtb-4");
    assertThat(records.about(elsewhere(), "rtb-7")).hasSize(1);
    assertThat(asked).last().isEqualTo("eu-north-1 rtb-7");
  }

  @Test
  void where_one_cannot_be_had_no_other_is_asked_for() {
    assertThat(records.about(Samples.serviceSide(), "rtb-1")).hasSize(1);
    history =
        resource -> {
          throw new Throttled("look up the events", new IllegalStateException());
        };
    assertThat(records.about(Samples.serviceSide(), "rtb-2")).isEmpty();
    assertThat(records.about(Samples.serviceSide(), "rtb-3")).isEmpty();
    assertThat(records.about(Samples.serviceSide(), "rtb-1")).hasSize(1);
    assertThat(asked).containsExactly("eu-west-1 rtb-1", "eu-west-1 rtb-2");
  }

  @Test
  void a_record_that_is_no_object_is_none() {
    history = resource -> List.of("", "[1]", "null", "nonsense", "{\"a\": {\"b\": [1]}}");
    assertThat(records.about(Samples.serviceSide(), "rtb-1"))
        .containsExactly(Map.of("a", Map.of("b", List.of(1))));
  }

  @Test
  void a_null_in_a_record_is_no_reason_to_leave_it_out() {
    history = resource -> List.of("{\"a\": \"b\", \"c\": null}");
    assertThat(records.about(Samples.serviceSide(), "rtb-1"))
        .singleElement()
        .satisfies(record -> assertThat(record).containsEntry("a", "b").containsEntry("c", null));
  }

  private static VpcSide elsewhere() {
    VpcSide side = Samples.serviceSide();
    return new VpcSide(side.account(), new Region("eu-north-1"), side.vpc(), List.of());
  }
}
