package io.peerway.aws;

import io.peerway.model.error.InvalidSettings;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ports that a function names, made from its environment. What it does not name is not made: it
 * carries no other permission, and its first answer waits for no other client.
 */
public final class AwsPorts {

  /** What a function may name. */
  public enum Need {
    SETTINGS,
    /** The hub account's network, whose client is made at once: Lambda gives more CPU then. */
    HUB,
    /** The same for a function that looks there for few of its events. */
    HUB_ON_DEMAND,
    /** The same, read for no connection in particular. */
    HUB_SCAN,
    HUB_EVENTS,
    SERVICES,
    ORGANIZATION,
    VPN_INSTANCES,
    PAST_RUNS,
    EVENT_QUEUE,
    CONNECT,
    DISCONNECT,
    LOOK_AT_ACCOUNT,
    RECONCILE,
    /** The same for one connection, in a mode of the caller's. */
    RECONCILE_ONE,
    DOCTOR
  }

  private final Map<String, String> environment;
  private final AwsClients clients;
  private final List<Need> needs;

  private AwsPorts(Map<String, String> environment, List<Need> needs) {
    this.environment = environment;
    this.clients = new AwsClients(environment);
    this.needs = needs;
  }

  /**
   * Those ports.
   *
   * @throws InvalidSettings where the environment lacks what one of them needs
   */
  public static Aws of(Map<String, String> environment, Consumer<String> log, Need... needs) {
    return new AwsPorts(environment, List.of(needs)).made(log);
  }

  private Aws made(Consumer<String> log) {
    return new Aws(
        names(Need.SETTINGS) ? Settings.of(environment) : null,
        hub(),
        names(Need.HUB_EVENTS) ? clients.hubEvents() : null,
        names(Need.SERVICES) ? clients.serviceAccounts() : null,
        names(Need.ORGANIZATION) ? clients.organization() : null,
        names(Need.VPN_INSTANCES) ? clients.vpnInstances() : null,
        names(Need.PAST_RUNS) ? clients.pastRuns() : null,
        workflows(),
        names(Need.EVENT_QUEUE) ? clients.eventQueue() : null,
        names(Need.DOCTOR) ? clients.doctor() : null,
        Clock.systemUTC(),
        log);
  }

  private @Nullable Function<Subject, HubNetwork> hub() {
    if (names(Need.HUB_SCAN)) {
      HubNetwork scan = clients.scan();
      return any -> scan;
    }
    if (names(Need.HUB_ON_DEMAND)) {
      return clients.hubOnDemand();
    }
    return names(Need.HUB) ? clients.hub() : null;
  }

  private @Nullable Workflows workflows() {
    String[] variables = needs.stream().flatMap(AwsPorts::ofWorkflow).toArray(String[]::new);
    return variables.length == 0 ? null : clients.workflows(variables);
  }

  // The variables that a workflow is started by.
  private static Stream<String> ofWorkflow(Need need) {
    return switch (need) {
      case CONNECT -> Stream.of("CONNECT_ARN");
      case DISCONNECT -> Stream.of("DISCONNECT_ARN");
      case LOOK_AT_ACCOUNT -> Stream.of("LOOK_AT_ACCOUNT_ARN");
      case RECONCILE -> Stream.of("RECONCILE_ARN", "RECONCILE_MODE");
      case RECONCILE_ONE -> Stream.of("RECONCILE_ARN");
      case SETTINGS,
          DOCTOR,
          HUB,
          HUB_ON_DEMAND,
          HUB_SCAN,
          HUB_EVENTS,
          SERVICES,
          ORGANIZATION,
          VPN_INSTANCES,
          PAST_RUNS,
          EVENT_QUEUE ->
          Stream.empty();
    };
  }

  private boolean names(Need need) {
    return needs.contains(need);
  }
}
