package io.peerway.functions.seen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Invoked;
import io.peerway.functions.Json;
import io.peerway.model.Environment;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.PastRun;
import io.peerway.model.port.PastRuns;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dashboard on a world of many services, and what it asks AWS for. */
final class Boards {
  static final String ACT = "arn:aws:lambda:eu-west-1:123456789012:function:peerway-act";
  static final String SHOW = "arn:aws:lambda:eu-west-1:123456789012:function:test";
  static final Instant NOW = Instant.parse("2026-11-29T12:30:00Z");

  final World world = World.sample();
  final List<PastRun> runs = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final List<String> questions = new ArrayList<>();
  String answer = "{}";
  Runnable beforeEc2 = () -> {};
  Instant now = NOW;
  private ShowHandler handler;

  /** The one connection of the sample world, let in and as it should be. */
  static Boards connected() {
    Boards boards = new Boards();
    boards.world.put(
        Samples.request(PeeringStatus.ACTIVE)
            .with(Tags.CIDRS, "10.110.0.0/16")
            .with(Tags.BY, Tags.BY_TAG)
            .with(Tags.ACCOUNT, "payments")
            .with(Tags.LET_IN, "2026-11-29T11:00:00Z " + Samples.PEERING + "-1795953600-0"));
    boards.ran("");
    return boards;
  }

  /** So many, with such names. */
  static Boards of(int services, String name) {
    Boards boards = connected();
    for (int n = 1; n < services; n++) {
      boards.world.put(
          new Peering(
              new PeeringId("pcx-%017x".formatted(n)),
              PeeringStatus.ACTIVE,
              new VpcSide(
                  new AccountId("%012d".formatted(n)),
                  new Region("ap-southeast-1"),
                  new VpcId("vpc-%017x".formatted(n)),
                  Cidr.list("10.%d.0.0/16 10.%d.64.0/20".formatted(n, n))),
              Samples.hubSide(),
              Map.of(Tags.CIDRS, "10.%d.0.0/16".formatted(n), Tags.ACCOUNT, name)));
    }
    return boards;
  }

  /** reconcile has ended with these changes, of all connections. */
  Boards ran(String changes) {
    runs.clear();
    runs.add(
        new PastRun(
            NOW.minusSeconds(600),
            """
            {"mode": "plan", "extent": "connected", "summary": "1 of 1", "changes": [%s],
             "seen": {"at": "2026-11-29T12:20:00Z", "hub": ["10.100.0.0/16"], "fullestTable": 9,
               "vpn": [{"instance": "i-0cccccccccccccccc", "tracked": 10, "most": 1000, "insertFailed": 0}],
               "refused": [], "standings": []}}
            """
                .formatted(changes),
            "reconcile-1"));
    return this;
  }

  /** The answer to an event in which single quotes stand for double ones, as HTML. */
  String show(String event) {
    return Invoked.step(show(), event).asText();
  }

  String exactly(String event) {
    return Invoked.exactly(show(), event).asText();
  }

  ShowHandler show() {
    if (handler == null) {
      InstantSource source = () -> now;
      handler =
          new ShowHandler(
              FakeAws.with(world)
                  .hub(
                      subject -> {
                        asked.add("ec2");
                        beforeEc2.run();
                        return world.hub().apply(subject);
                      })
                  .past(past())
                  .doctor(
                      question -> {
                        questions.add(question);
                        return new io.peerway.model.port.Doctor.Answered(answer);
                      })
                  .clock(clock(source))
                  .aws(),
              environment());
    }
    return handler;
  }

  private PastRuns past() {
    return new PastRuns() {
      @Override
      public List<PastRun> latest(int atMost) {
        asked.add("list");
        if (!runs.isEmpty()) {
          asked.add("describe");
        }
        return runs.stream().limit(atMost).toList();
      }

      @Override
      public Optional<Run> named(String name) {
        asked.add("describe");
        return runs.stream()
            .filter(run -> run.name().equals(name))
            .map(run -> new Run(name, "SUCCEEDED", run.startedAt(), run.output(), "", ""))
            .findFirst();
      }
    };
  }

  static Clock clock(InstantSource source) {
    return source.withZone(ZoneOffset.UTC);
  }

  static Environment environment() {
    Map<String, String> variables = new HashMap<>(Samples.environment());
    variables.put("OTHER_ARN", ACT);
    variables.put(
        "RECONCILE_ARN", "arn:aws:states:eu-west-1:123456789012:stateMachine:peerway-reconcile");
    variables.put(
        "CONNECT_ARN", "arn:aws:states:eu-west-1:123456789012:stateMachine:peerway-connect");
    return new Environment(variables);
  }

  /** An event as the dashboard gives it, with such a widget around it. */
  static String event(String json, String theme, int width) {
    try {
      ObjectNode event = (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
      ObjectNode context = event.putObject("widgetContext");
      context.put("theme", theme).put("width", width).put("height", 600);
      context.putObject("forms").putObject("all");
      return event.toString();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
