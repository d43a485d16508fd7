package io.peerway.functions.trigger;

import static io.peerway.aws.AwsPorts.Need.CONNECT;
import static io.peerway.aws.AwsPorts.Need.HUB_ON_DEMAND;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.functions.OnLambda;
import io.peerway.model.Mending;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.events.HubDamage;
import io.peerway.plan.reconcile.HubRepair;
import io.peerway.plan.rules.LostClaim;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts {@code connect} where somebody has taken tags or routes of ours away in the hub account.
 */
public final class RestoreHandler extends Trigger {
  private static final AllConnections ALL = new AllConnections();

  public RestoreHandler() {
    this(OnLambda.aws(SETTINGS, HUB_ON_DEMAND, CONNECT));
  }

  RestoreHandler(Aws aws) {
    super(aws);
  }

  @Override
  Map<String, String> answer(ScheduledEvent event) {
    return switch (HubDamage.of(event.getSource(), event.getDetailType(), event.getDetail())) {
      case HubDamage.Untagged(List<PeeringId> at, String by) -> tags(event, at, by);
      case HubDamage.RouteTaken route -> route(event, route);
      case HubDamage.Ignored(String reason) -> ignored(reason);
    };
  }

  private Map<String, String> tags(ScheduledEvent event, List<PeeringId> at, String by) {
    List<PeeringId> lacking =
        at.stream()
            .filter(
                id ->
                    aws.hub(id)
                        .peering(id)
                        .filter(peering -> peering.joins(hubVpc()))
                        .filter(LostClaim::lacksTags)
                        .isPresent())
            .toList();
    return lacking.isEmpty()
        ? ignored("nothing is missing on " + at)
        : started(event, "connect", lacking, (id, name) -> restoreTags(id, by, name));
  }

  // People are told once a day of each connection: an execution's name is its memory, as it can be
  // used once in 90 days (Step Functions API reference, "StartExecution").
  private boolean restoreTags(PeeringId id, String by, String name) {
    String what = "its tags peerway:…";
    String today = id + "-untagged-" + LocalDate.ofInstant(aws.now(), ZoneOffset.UTC);
    return aws.workflows().startMending(id, Mending.ofTags(what, by, true), today)
        || aws.workflows().startMending(id, Mending.ofTags(what, by, false), name);
  }

  private Map<String, String> route(ScheduledEvent event, HubDamage.RouteTaken route) {
    HubNetwork network = aws.hub(ALL);
    Optional<Peering> peering =
        HubRepair.claimant(route, network.livePeerings(), hubVpc(), aws.now());
    if (peering.isEmpty()) {
      return ignored(route.destination() + " was none of ours, or is left to the hourly run");
    }
    Optional<String> what = HubRepair.missing(route, peering.get(), network.routeTables(hubVpc()));
    return what.isEmpty()
        ? ignored("nothing is missing for " + peering.get().id())
        : started(
            event,
            "connect",
            List.of(peering.get().id()),
            (id, name) ->
                aws.workflows().startMending(id, Mending.ofParts(what.get(), route.by()), name));
  }

  private VpcId hubVpc() {
    return aws.settings().hubVpc();
  }
}
