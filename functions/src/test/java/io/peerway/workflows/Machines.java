package io.peerway.workflows;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.functions.Functions;
import io.peerway.functions.Invoked;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** All workflows on one small AWS; what one starts the others, a test runs to its end. */
final class Machines {

  final World world = World.sample();
  final FakeOrganization organization = FakeOrganization.sample(world.transcript());
  final FakeVpnInstances vpn = new FakeVpnInstances(world.transcript());
  Settings settings = Samples.settings();

  private final AtomicLong time =
      new AtomicLong(Instant.parse("2026-11-23T08:00:00Z").toEpochMilli());
  // No two sets are of the same moment.
  private final Clock clock =
      InstantSource.offset(() -> Instant.ofEpochMilli(time.getAndIncrement()), Duration.ZERO)
          .withZone(ZoneOffset.UTC);

  /** So much time goes by. */
  void passes(Duration duration) {
    time.addAndGet(duration.toMillis());
  }

  /** Not yet run. */
  Execution of(Workflow workflow, PeeringId peering) {
    return of(workflow, "{'peeringId': '" + peering + "'}");
  }

  /** Not yet run. */
  Execution of(Workflow workflow, String input) {
    return of(workflow, input, world::settle);
  }

  /**
   * Not yet run.
   *
   * @param waiting what happens while it waits
   */
  Execution of(Workflow workflow, String input, Runnable waiting) {
    Map<String, RequestStreamHandler> functions =
        Functions.of(settings, world, organization, vpn, clock);
    return new Execution(workflow.definition().machine(), functions, waiting, Invoked.json(input));
  }

  /**
   * Not yet run.
   *
   * @param starter starts further executions
   */
  Execution of(Workflow workflow, String input, Execution.Starter starter) {
    Map<String, RequestStreamHandler> functions =
        Functions.of(settings, world, organization, vpn, clock);
    return new Execution(
        workflow.definition().machine(),
        functions,
        world::settle,
        Invoked.json(input),
        "execution",
        starter);
  }

  /** Runs it, and whatever it starts. */
  Execution run(Workflow workflow, PeeringId peering) {
    return whole(of(workflow, peering));
  }

  Execution look(AccountId account) {
    return whole(of(Workflow.LOOK_AT_ACCOUNT, "{'accountId': '" + account + "'}"));
  }

  Execution reconcile(String input) {
    return whole(of(Workflow.RECONCILE, input));
  }

  private Execution whole(Execution execution) {
    execution.run();
    execution
        .started()
        .forEach(
            started ->
                whole(
                    of(
                        machine(started.get("StateMachineArn").asText()),
                        started.get("Input").toString())));
    return execution;
  }

  private static Workflow machine(String substitution) {
    for (Workflow workflow : Workflow.values()) {
      if (substitution.equals("${" + workflow.logicalId() + "}")) {
        return workflow;
      }
    }
    throw new AssertionError("no workflow " + substitution);
  }
}
