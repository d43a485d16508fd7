package io.peerway.functions.trigger;

import static io.peerway.aws.AwsPorts.Need.CONNECT;
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
 * long expired. Those that were told to wait for room in the hub VPC it starts when there is room.
 */
public final class PendingScanHandler
    implements RequestHandler<ScheduledEvent, Map<String, List<String>>> {
  private static final Logger LOG = LoggerFactory.getLogger(PendingScanHandler.class);

  private final Aws aws;

  public PendingScanHandler() {
    this(OnLambda.aws(SETTINGS, HUB_SCAN, CONNECT));
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
    Complete<Peering> live = hub.livePeerings();
    Workflows workflows = aws.workflows();
    List<String> started =
        Stream.concat(
                PendingRequests.undecided(live, aws.settings()).stream()
                    .filter(id -> workflows.startConnect(id, id + "-scan")),
                withRoom(hub, live).stream()
                    .filter(id -> workflows.startConnect(id, id + "-room-" + aws.clock().millis())))
            .map(PeeringId::value)
            .toList();
    LOG.info("started connect for {}", started);
    return started;
  }

  // The tables are read only where somebody waits.
  private List<PeeringId> withRoom(HubNetwork hub, Complete<Peering> live) {
    return PendingRequests.anyWaitsForRoom(live, aws.settings())
        ? RoomInHub.roomFor(live, hub.routeTables(aws.settings().hubVpc()), aws.settings())
        : List.of();
  }
}
