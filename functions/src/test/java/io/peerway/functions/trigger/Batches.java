package io.peerway.functions.trigger;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.peerway.model.port.Workflows;
import io.peerway.plan.events.Turns;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeEventQueue;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What Lambda gives a function of a queue. */
public final class Batches {
  static final Path EVENTS = Path.of("..", "events");
  public static final Turns TURNS = new Turns(Duration.ofSeconds(60));

  private Batches() {}

  /** These messages, with the ids {@code 0}, {@code 1} and so on. */
  public static SQSEvent of(List<String> bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId(String.valueOf(messages.size()));
      message.setBody(body);
      messages.add(message);
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return batch;
  }

  public static SQSEvent of(String... bodies) {
    return of(List.of(bodies));
  }

  static String sample(String name) {
    try {
      return Files.readString(EVENTS.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static VpcEventHandler peerings(
      World world, Workflows workflows, FakeEventQueue queue, Clock clock) {
    return new VpcEventHandler(
        Samples.HUB_ACCOUNT,
        Samples.HUB_VPC,
        TURNS,
        FakeAws.with(world).workflows(workflows).queue(queue).clock(clock).aws());
  }

  /** A clock that goes on when it is told to. */
  static final class Hand extends Clock {
    private Instant now;

    Hand(Instant now) {
      this.now = now;
    }

    void goesOn(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
