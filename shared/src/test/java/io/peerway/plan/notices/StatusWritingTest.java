package io.peerway.plan.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.Denied;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.Vpc;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of it where the tag is written, and where its owner keeps it from that. */
class StatusWritingTest {
  private static final Status ENDING = Status.ending();

  private final World world = new World();
  private final List<String> log = new ArrayList<>();
  private final StatusTag tag =
      new StatusTag(
          world.serviceAccounts().network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING),
          Samples.SERVICE_VPC,
          log::add);

  @Test
  void what_was_written_and_taken_off_is_logged() {
    has(Map.of());
    assertThat(tag.say("", ENDING)).isEmpty();
    assertThat(world.status(Samples.SERVICE_VPC)).isEqualTo("ending");
    assertThat(tag.takeOff()).isEmpty();
    assertThat(world.status(Samples.SERVICE_VPC)).isEmpty();
    assertThat(log)
        .containsExactly(
            "vpc-0bbbbbbbbbbbbbbbb says: ending", "vpc-0bbbbbbbbbbbbbbbb says nothing any more");
  }

  @Test
  void what_it_says_already_is_not_written() {
    assertThat(tag.say("ending", ENDING)).isEmpty();
    assertThat(log).isEmpty();
  }

  @Test
  void what_its_owner_denies_is_logged_and_told_in_a_word() {
    world.failTagging(
        Samples.SERVICE_ACCOUNT, () -> new Denied("tag", new RuntimeException("a policy")));
    assertThat(tag.say("", ENDING)).contains("Denied");
    assertThat(tag.takeOff()).contains("Denied");
    assertThat(log)
        .hasSize(2)
        .allMatch(
            line -> line.startsWith("the tag peerway:status of vpc-0bbbbbbbbbbbbbbbb was left: "));
  }

  @Test
  void where_the_vpc_has_no_room_for_it_the_word_is_that_of_ec2() {
    Map<String, String> full = new HashMap<>();
    for (int n = 0; n < 50; n++) {
      full.put("team-" + n, "");
    }
    has(full);
    assertThat(tag.say("", ENDING)).contains("TagLimitExceeded");
    assertThat(world.status(Samples.SERVICE_VPC)).isEmpty();
  }

  @Test
  void in_passing_nothing_of_awss_holds_up_anything() {
    world.failTagging(
        Samples.SERVICE_ACCOUNT, () -> new Throttled("tag", new RuntimeException("rate")));
    tag.sayInPassing(ENDING);
    assertThat(log).singleElement().asString().contains("was left");
  }

  private void has(Map<String, String> tags) {
    world.put(
        new Vpc(
            Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, Map.copyOf(tags)));
  }
}
