package io.peerway.plan.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Start;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.VpcId;
import io.peerway.plan.notices.Status;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the tag of a VPC without a peering connection has to say, and whether it is written now. */
class TaggedStatusTest {
  private final Map<String, String> tags = new HashMap<>(Map.of(Tags.CONNECT, "true"));
  private final List<Start> starts = new ArrayList<>();
  private final List<LeftAlone> left = new ArrayList<>();

  @Test
  void of_one_that_is_asked_for_in_a_moment_the_tag_stays_as_it_is() {
    starts.add(request(Samples.SERVICE_VPC));
    assertThat(change()).isEmpty();
  }

  @Test
  void what_is_started_elsewhere_in_the_account_says_nothing_of_it() {
    starts.add(request(Samples.OTHER_VPC));
    starts.add(new Start.Connect(Samples.SERVICE_ACCOUNT, Samples.PEERING, "a CIDR more"));
    assertThat(change()).map(StatusChange::says).contains(Optional.empty());
  }

  @Test
  void it_says_its_own_refusal_and_no_other() {
    left.add(new LeftAlone.LeaveRegion(Samples.REGION, "AuthFailure"));
    left.add(new LeftAlone.Refuse(Samples.OTHER_VPC, "another overlaps"));
    assertThat(change()).map(StatusChange::says).contains(Optional.empty());
    left.add(new LeftAlone.Refuse(Samples.SERVICE_VPC, "it overlaps"));
    assertThat(change()).hasValueSatisfying(says("refused it overlaps"));
  }

  @Test
  void a_slip_in_the_tag_that_asks_is_said_though_the_plan_is_silent_on_it() {
    tags.put(Tags.CONNECT, "yes");
    assertThat(change())
        .hasValueSatisfying(
            says(
                "refused the tag peerway:connect has the value yes only the exact word true asks"
                    + " for a connection"));
  }

  @Test
  void only_what_is_not_said_already_is_due_and_no_more_than_twenty_at_once() {
    assertThat(StatusChange.due(List.of(says("", "a"), says("refused b", "b")))).hasSize(1);
    tags.put(Tags.STATUS, "refused b");
    StatusChange takenOff = new StatusChange(vpc(), Optional.empty());
    assertThat(StatusChange.due(List.of(takenOff))).containsExactly(takenOff);
    tags.remove(Tags.STATUS);
    assertThat(StatusChange.due(List.of(new StatusChange(vpc(), Optional.empty())))).isEmpty();
    assertThat(StatusChange.due(Collections.nCopies(21, says("", "a")))).hasSize(20);
  }

  private StatusChange says(String now, String reason) {
    tags.put(Tags.STATUS, now);
    return new StatusChange(vpc(), Optional.of(Status.refused(reason)));
  }

  private static Consumer<StatusChange> says(String text) {
    return change -> assertThat(change.says()).map(Status::text).contains(text);
  }

  private Optional<StatusChange> change() {
    return TaggedStatus.of(vpc(), new AccountNeeds(starts, left));
  }

  private RegionalVpc vpc() {
    return new RegionalVpc(
        Samples.REGION,
        new Vpc(
            Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, Map.copyOf(tags)));
  }

  private static Start request(VpcId vpc) {
    return new Start.Request(Samples.SERVICE_ACCOUNT, Samples.REGION, vpc, "its tag");
  }
}
