package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.aws.AwsClients;
import io.peerway.model.AllConnections;
import io.peerway.model.InstanceId;
import io.peerway.model.Network;
import io.peerway.model.Subject;
import io.peerway.model.Workflows;
import io.peerway.plan.HubEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Starts {@code reconcile} where the hub VPC or its VPN instances have changed. */
public final class HubEventHandler extends Trigger {
  private static final AllConnections ALL = new AllConnections();

  // "running" says that the instance boots; its SSM agent is online a minute or so later, and only
  // then is it among those that a command goes to.
  private static final Duration BOOT = Duration.ofSeconds(90);

  private final Function<Subject, Network> hub;
  private final Workflows workflows;

  public HubEventHandler() {
    this(new AwsClients(System.getenv()));
  }

  private HubEventHandler(AwsClients aws) {
    this(aws.hub(), aws.workflows("RECONCILE_ARN", "RECONCILE_MODE"));
  }

  HubEventHandler(Function<Subject, Network> hub, Workflows workflows) {
    this.hub = hub;
    this.workflows = workflows;
  }

  @Override
  Map<String, String> answer(ScheduledEvent event) {
    return switch (HubEvent.of(event.getSource(), event.getDetailType(), event.getDetail())) {
      case HubEvent.Look() -> reconcile(event, Duration.ZERO);
      case HubEvent.LookIfVpn(InstanceId at) when hub.apply(ALL).isVpnInstance(at) ->
          reconcile(event, BOOT);
      case HubEvent.LookIfVpn(InstanceId at) -> ignored(at + " is no VPN instance");
      case HubEvent.Ignored(String reason) -> ignored(reason);
    };
  }

  private Map<String, String> reconcile(ScheduledEvent event, Duration after) {
    return started(
        event, "reconcile", List.of(ALL), (all, name) -> workflows.startReconcile(name, after));
  }
}
