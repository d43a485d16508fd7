package io.peerway.functions.trigger;

import static io.peerway.aws.AwsPorts.Need.EVENT_QUEUE;
import static io.peerway.aws.AwsPorts.Need.HUB_ON_DEMAND;
import static io.peerway.aws.AwsPorts.Need.RECONCILE;

import io.peerway.functions.OnLambda;
import io.peerway.model.Errand;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.Aws;
import io.peerway.plan.events.HubEvent;
import io.peerway.plan.events.Turns;
import java.time.Duration;
import java.util.List;

/** Starts {@code reconcile} where the hub VPC or its VPN instances have changed. */
public final class HubEventHandler extends QueuedTrigger {
  private static final AllConnections ALL = new AllConnections();

  // "running" says that the instance boots; its SSM agent is online a minute or so later, and only
  // then is it among those that a command goes to.
  private static final Duration BOOT = Duration.ofSeconds(90);

  public HubEventHandler() {
    this(OnLambda.turns(), OnLambda.aws(HUB_ON_DEMAND, EVENT_QUEUE, RECONCILE));
  }

  HubEventHandler(Turns turns, Aws aws) {
    super(turns, aws);
  }

  @Override
  List<Errand> read(BridgeEvent event) {
    return switch (HubEvent.of(event.source(), event.detailType(), event.detail())) {
      case HubEvent.Look() -> List.of(new Errand.Reconcile(Duration.ZERO));
      case HubEvent.LookIfVpn(InstanceId at) when aws.hub(ALL).isVpnInstance(at) ->
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
