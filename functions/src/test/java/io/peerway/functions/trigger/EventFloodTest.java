package io.peerway.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.functions.TestContext;
import io.peerway.model.AccountLook;
import io.peerway.testing.FakeEventQueue;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two thousand events, in batches of ten as Lambda gives them, on a queue that keeps its delays.
 */
class EventFloodTest {
  private record Message(Instant at, String body) {}

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final Duration BATCHING = Duration.ofSeconds(1);
  private static final String TAG_ON = Batches.sample("VpcEventFunction/tag-on");

  private final Batches.Hand clock = new Batches.Hand(NOON);
  private final FakeWorkflows workflows = new FakeWorkflows(clock);
  private final FakeEventQueue queue = new FakeEventQueue();
  private final VpcEventHandler handler = Batches.peerings(World.sample(), workflows, queue, clock);
  private final PriorityQueue<Message> waiting =
      new PriorityQueue<>(Comparator.comparing(Message::at));
  private int invocations;

  @ParameterizedTest(name = "in {0} seconds: {1} looks at most, {2} of which may tell something")
  @CsvSource({"1, 5, 2", "20, 6, 2", "120, 10, 4", "600, 36, 12"})
  void two_thousand_tags_of_one_account(int seconds, int looks, int told) {
    for (int n = 0; n < 2_000; n++) {
      waiting.add(new Message(NOON.plusMillis(7 + seconds * 1_000L * n / 2_000), TAG_ON));
    }
    Instant last = NOON.plusSeconds(seconds);
    settle();
    assertThat(workflows.looks()).hasSizeBetween(2, looks);
    assertThat(workflows.looks().stream().filter(AccountLook::tells)).hasSizeBetween(2, told);
    // Nothing is lost: something has looked, and could have told, after the last of them.
    assertThat(workflows.beginnings().getLast()).isAfterOrEqualTo(last);
    assertThat(workflows.looks().getLast().tells()).isTrue();
    assertThat(invocations).isLessThan(700);
  }

  @Test
  void another_account_is_looked_at_at_once_in_the_midst_of_it() {
    for (int n = 0; n < 2_000; n++) {
      waiting.add(new Message(NOON.plusMillis(10L * n), TAG_ON));
    }
    Instant asked = NOON.plusSeconds(10);
    waiting.add(new Message(asked, TAG_ON.replace("210987654321", "345678901234")));
    settle();
    int its =
        workflows.looks().stream()
            .map(look -> look.accountId().value())
            .toList()
            .indexOf("345678901234");
    assertThat(workflows.beginnings().get(its)).isBefore(asked.plusSeconds(2));
  }

  @Test
  void one_run_of_terraform_has_its_account_looked_at_twice() {
    List<String> events = new ArrayList<>(List.of(Batches.sample("VpcEventFunction/vpc-created")));
    for (int table = 0; table < 3; table++) {
      events.add(Batches.sample("VpcEventFunction/route-table-created"));
    }
    events.add(Batches.sample("VpcEventFunction/group-created"));
    // At the worst of moments, too: over the edge of a window.
    clock.goesOn(Duration.ofSeconds(58));
    for (int n = 0; n < events.size(); n++) {
      waiting.add(new Message(NOON.plusSeconds(58 + n), events.get(n)));
    }
    settle();
    assertThat(workflows.looks()).hasSize(2);
  }

  private void settle() {
    while (!waiting.isEmpty()) {
      Instant next = waiting.peek().at();
      if (next.isAfter(clock.instant())) {
        clock.goesOn(Duration.between(clock.instant(), next));
      }
      clock.goesOn(BATCHING);
      List<String> batch = new ArrayList<>();
      while (batch.size() < 100
          && !waiting.isEmpty()
          && !waiting.peek().at().isAfter(clock.instant())) {
        batch.add(waiting.remove().body());
      }
      invocations++;
      assertThat(handler.handleRequest(Batches.of(batch), new TestContext()).getBatchItemFailures())
          .isEmpty();
      queue
          .taken()
          .forEach(
              held -> waiting.add(new Message(clock.instant().plus(held.after()), held.message())));
    }
  }
}
