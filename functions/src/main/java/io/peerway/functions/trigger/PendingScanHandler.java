package io.peerway.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.aws.AwsClients;
import io.peerway.model.network.Peering;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.PendingRequests;
import io.peerway.plan.admission.RoomInHub;
import java.time.Clock;
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

  private final Settings settings;
  private final HubNetwork hub;
  private final Workflows workflows;
  private final Clock clock;

  public PendingScanHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private PendingScanHandler(Settings settings, AwsClients aws) {
    this(settings, aws.scan(), aws.workflows("CONNECT_ARN"), Clock.systemUTC());
  }

  PendingScanHandler(Settings settings, HubNetwork hub, Workflows workflows, Clock clock) {
    this.settings = settings;
    this.hub = hub;
    this.workflows = workflows;
    this.clock = clock;
  }

  @Override
  public Map<String, List<String>> handleRequest(ScheduledEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> Map.of("started", started()));
  }

  private List<String> started() {
    Complete<Peering> live = hub.livePeerings();
    List<String> started =
        Stream.concat(
                PendingRequests.undecided(live, settings).stream()
                    .filter(id -> workflows.startConnect(id, id + "-scan")),
                withRoom(live).stream()
                    .filter(id -> workflows.startConnect(id, id + "-room-" + clock.millis())))
            .map(PeeringId::value)
            .toList();
    LOG.info("started connect for {}", started);
    return started;
  }

  // The tables are read only where somebody waits.
  private List<PeeringId> withRoom(Complete<Peering> live) {
    return PendingRequests.anyWaitsForRoom(live, settings)
        ? RoomInHub.roomFor(live, hub.routeTables(settings.hubVpc()), settings)
        : List.of();
  }
}
