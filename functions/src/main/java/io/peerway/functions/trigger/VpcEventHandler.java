package io.peerway.functions.trigger;

import static io.peerway.aws.AwsPorts.Need.CONNECT;
import static io.peerway.aws.AwsPorts.Need.DISCONNECT;
import static io.peerway.aws.AwsPorts.Need.EVENT_QUEUE;
import static io.peerway.aws.AwsPorts.Need.HUB_ON_DEMAND;
import static io.peerway.aws.AwsPorts.Need.LOOK_AT_ACCOUNT;

import io.peerway.functions.OnLambda;
import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.events.PeeringErrand;
import io.peerway.plan.events.Turns;
import io.peerway.plan.events.VpcEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts a workflow where events about VPCs and their peerings tell us to look. */
public final class VpcEventHandler extends QueuedTrigger {
  private static final AllConnections ALL = new AllConnections();

  private final AccountId hub;
  private final VpcId hubVpc;

  public VpcEventHandler() {
    this(
        OnLambda.environment().hubAccount(),
        OnLambda.environment().hubVpc(),
        OnLambda.turns(),
        OnLambda.aws(HUB_ON_DEMAND, EVENT_QUEUE, CONNECT, DISCONNECT, LOOK_AT_ACCOUNT));
  }

  public VpcEventHandler(AccountId hub, VpcId hubVpc, Turns turns, Aws aws) {
    super(turns, aws);
    this.hub = hub;
    this.hubVpc = hubVpc;
  }

  @Override
  List<Errand> read(BridgeEvent event) {
    return switch (VpcEvent.of(
        event.source(), event.detailType(), event.account(), event.detail(), hub)) {
      case VpcEvent.Look(List<PeeringId> at) -> at.stream().map(Errand::connect).toList();
      case VpcEvent.Ended(PeeringId at) -> List.of(new Errand.Disconnect(at));
      case VpcEvent.LookAtAccount(AccountLook look) -> List.of(new Errand.Look(look));
      case VpcEvent.Ignored(String reason) -> ignored(reason);
    };
  }

  @Override
  void run(Batch batch) {
    Map<Boolean, List<Asked>> looks =
        batch.asked().stream()
            .collect(Collectors.partitioningBy(one -> one.errand() instanceof Errand.Look));
    batch.forEach(looks.getOrDefault(true, List.of()), errands::run);
    List<Asked> others = looks.getOrDefault(false, List.of());
    if (!others.isEmpty()) {
      batch.together(others, () -> runThoseWithSomethingToDo(batch, others));
    }
  }

  private void runThoseWithSomethingToDo(Batch batch, List<Asked> others) {
    HubNetwork seen = aws.hub(ALL);
    Map<PeeringId, Peering> known =
        seen.peerings(
            others.stream()
                .map(one -> (PeeringId) one.errand().subject())
                .collect(Collectors.toSet()));
    batch.forEach(
        others,
        errand -> {
          PeeringId at = (PeeringId) errand.subject();
          switch (PeeringErrand.of(errand, known.get(at), hubVpc)) {
            case GO -> errands.run(errand);
            case GO_IF_ROUTED -> runIfRouted(seen, errand, at);
            case LOOK_AGAIN -> errands.putBack(new Errand.Connect(at, true), errands.patience());
            case LEAVE -> ignored("nothing to do for " + at);
          }
        });
  }

  private void runIfRouted(HubNetwork seen, Errand errand, PeeringId at) {
    if (PeeringErrand.isRouted(seen.routeTables(hubVpc), at)) {
      errands.run(errand);
    } else {
      ignored(at + " was never let in and has left nothing");
    }
  }
}
