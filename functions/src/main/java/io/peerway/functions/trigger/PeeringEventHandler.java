package io.peerway.functions.trigger;

import io.peerway.aws.AwsClients;
import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.network.Peering;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.events.PeeringErrand;
import io.peerway.plan.events.PeeringEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Starts a workflow where events about VPCs and their peerings tell us to look. */
public final class PeeringEventHandler extends QueuedTrigger {
  private static final AllConnections ALL = new AllConnections();

  private final AccountId hub;
  private final VpcId hubVpc;
  private final Function<Subject, HubNetwork> network;

  public PeeringEventHandler() {
    this(new AwsClients(System.getenv()));
  }

  private PeeringEventHandler(AwsClients aws) {
    this(aws, aws.eventQueue());
  }

  private PeeringEventHandler(AwsClients aws, EventQueue queue) {
    this(
        aws.hubAccount(),
        aws.hubVpc(),
        aws.hubOnDemand(),
        queue,
        Errands.of(aws, queue, "CONNECT_ARN", "DISCONNECT_ARN", "ONBOARD_ACCOUNT_ARN"));
  }

  public PeeringEventHandler(
      AccountId hub,
      VpcId hubVpc,
      Function<Subject, HubNetwork> network,
      EventQueue queue,
      Errands errands) {
    super(queue, errands);
    this.hub = hub;
    this.hubVpc = hubVpc;
    this.network = network;
  }

  @Override
  List<Errand> read(BridgeEvent event) {
    return switch (PeeringEvent.of(
        event.source(), event.detailType(), event.account(), event.detail(), hub)) {
      case PeeringEvent.Look(List<PeeringId> at) -> at.stream().map(Errand::connect).toList();
      case PeeringEvent.Ended(PeeringId at) -> List.of(new Errand.Disconnect(at));
      case PeeringEvent.LookAtAccount(AccountLook look) -> List.of(new Errand.Look(look));
      case PeeringEvent.Ignored(String reason) -> ignored(reason);
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
    Network seen = network.apply(ALL);
    Map<PeeringId, Peering> known =
        seen.peerings(
            others.stream()
                .map(one -> (PeeringId) one.errand().subject())
                .collect(Collectors.toSet()));
    batch.forEach(
        others,
        errand -> {
          switch (verdict(errand, known)) {
            case GO -> errands.run(errand);
            case GO_IF_ROUTED -> runIfRouted(seen, errand);
            case LOOK_AGAIN ->
                errands.putBack(
                    new Errand.Connect((PeeringId) errand.subject(), true), errands.patience());
            case LEAVE -> ignored("nothing to do for " + errand.subject());
          }
        });
  }

  private PeeringErrand.Verdict verdict(Errand errand, Map<PeeringId, Peering> known) {
    return switch (errand) {
      case Errand.Connect connect ->
          PeeringErrand.of(connect, known.get(connect.subject()), hubVpc);
      case Errand.Disconnect disconnect ->
          PeeringErrand.of(disconnect, known.get(disconnect.subject()), hubVpc);
      case Errand.Look look -> PeeringErrand.Verdict.GO;
      case Errand.Reconcile reconcile -> PeeringErrand.Verdict.GO;
    };
  }

  private void runIfRouted(Network seen, Errand errand) {
    boolean routed =
        seen.routeTables(hubVpc).items().stream()
            .flatMap(table -> table.routes().stream())
            .anyMatch(route -> route.belongsTo((PeeringId) errand.subject()));
    if (routed) {
      errands.run(errand);
    } else {
      ignored(errand.subject() + " was never let in and has left nothing");
    }
  }
}
