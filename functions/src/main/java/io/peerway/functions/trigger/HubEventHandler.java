package io.peerway.functions.trigger;

import io.peerway.aws.AwsClients;
import io.peerway.model.Errand;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Subject;
import io.peerway.plan.events.HubEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Starts {@code reconcile} where the hub VPC or its VPN instances have changed. */
public final class HubEventHandler extends QueuedTrigger {
  private static final AllConnections ALL = new AllConnections();

  // "running" says that the instance boots; its SSM agent is online a minute or so later, and only
  // then is it among those that a command goes to.
  private static final Duration BOOT = Duration.ofSeconds(90);

  private final Function<Subject, HubNetwork> hub;

  public HubEventHandler() {
    this(new AwsClients(System.getenv()));
  }

  private HubEventHandler(AwsClients aws) {
    this(aws, aws.eventQueue());
  }

  private HubEventHandler(AwsClients aws, EventQueue queue) {
    this(aws.hubOnDemand(), queue, Errands.of(aws, queue, "RECONCILE_ARN", "RECONCILE_MODE"));
  }

  HubEventHandler(Function<Subject, HubNetwork> hub, EventQueue queue, Errands errands) {
    super(queue, errands);
    this.hub = hub;
  }

  @Override
  List<Errand> read(BridgeEvent event) {
    return switch (HubEvent.of(event.source(), event.detailType(), event.detail())) {
      case HubEvent.Look() -> List.of(new Errand.Reconcile(Duration.ZERO));
      case HubEvent.LookIfVpn(InstanceId at) when hub.apply(ALL).isVpnInstance(at) ->
          List.of(new Errand.Reconcile(BOOT));
      case HubEvent.LookIfVpn(InstanceId at) -> ignored(at + " is no VPN instance");
      case HubEvent.Ignored(String reason) -> ignored(reason);
    };
  }

  @Override
  void run(Batch batch) {
    batch.forEach(batch.asked(), errands::run);
  }
}
