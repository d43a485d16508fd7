package io.peerway.functions.trigger;

import static io.peerway.aws.AwsPorts.Need.CONNECT;
import static io.peerway.aws.AwsPorts.Need.DISCONNECT;
import static io.peerway.aws.AwsPorts.Need.FREEZES;
import static io.peerway.aws.AwsPorts.Need.HUB_SCAN;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.functions.OnLambda;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.PendingRequests;
import io.peerway.plan.admission.RoomInHub;
import io.peerway.plan.freeze.Thaw;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * Runs on a schedule and starts {@code connect} for requests whose event never came, such as those
 * from outside the organisation. Each request is started once by it: the execution's name holds
 * nothing but the request, and a name can be used again only after 90 days, when the request has
 * long expired. Those that were told to wait for room in the hub VPC it starts when there is room,
 * and what waited for the end of a freeze when that is over.
 */
public final class PendingScanHandler
    implements RequestHandler<ScheduledEvent, Map<String, List<String>>> {
  private static final Logger LOG = LoggerFactory.getLogger(PendingScanHandler.class);

  private final Aws aws;

  public PendingScanHandler() {
    this(OnLambda.aws(SETTINGS, HUB_SCAN, FREEZES, CONNECT, DISCONNECT));
  }

  PendingScanHandler(Aws aws) {
    this.aws = aws;
  }

  @Override
  public Map<String, List<String>> handleRequest(ScheduledEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> Map.of("started", started()));
  }

  private List<String> started() {
    HubNetwork hub = aws.hub(new AllConnections());
    Complete<Peering> all = hub.peerings();
    Complete<Peering> live = new Complete<>(all.items().stream().filter(Peering::isLive).toList());
    Workflows workflows = aws.workflows();
    Thaw thaw = Thaw.of(aws, all);
    boolean asks =
        !thaw.waiting().isEmpty() || PendingRequests.anyWaitsForRoom(live, aws.settings());
    boolean frozen = asks && thaw.isFrozen();
    List<String> started =
        Stream.of(
                PendingRequests.undecided(live, aws.settings()).stream()
                    .filter(id -> workflows.startConnect(id, id + "-scan")),
                (frozen ? List.<Peering>of() : thaw.waiting())
                    .stream().filter(this::goesOn).map(Peering::id),
                (frozen ? List.<PeeringId>of() : withRoom(hub, live))
                    .stream()
                        .filter(
                            id -> workflows.startConnect(id, id + "-room-" + aws.clock().millis())))
            .flatMap(ids -> ids)
            .map(PeeringId::value)
            .toList();
    LOG.info("started connect for {}", started);
    return started;
  }

  private boolean goesOn(Peering waiting) {
    String name = Thaw.name(waiting, aws.now());
    return waiting.isLive()
        ? aws.workflows().startConnect(waiting.id(), name)
        : aws.workflows().startDisconnect(waiting.id(), name);
  }

  // The tables are read only where somebody waits.
  private List<PeeringId> withRoom(HubNetwork hub, Complete<Peering> live) {
    return PendingRequests.anyWaitsForRoom(live, aws.settings())
        ? RoomInHub.roomFor(live, hub.routeTables(aws.settings().hubVpc()), aws.settings())
        : List.of();
  }
}
