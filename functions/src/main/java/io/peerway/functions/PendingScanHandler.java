package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.aws.AwsClients;
import io.peerway.model.Complete;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.Workflows;
import io.peerway.plan.PendingRequests;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * Runs on a schedule and starts {@code connect} for requests whose event never came, such as those
 * from outside the organisation. Each request is started once by it: the execution's name holds
 * nothing but the request, and a name can be used again only after 90 days, when the request has
 * long expired.
 */
public final class PendingScanHandler
    implements RequestHandler<ScheduledEvent, Map<String, List<String>>> {
  private static final Logger LOG = LoggerFactory.getLogger(PendingScanHandler.class);

  private final Settings settings;
  private final Supplier<Complete<Peering>> live;
  private final Workflows workflows;

  public PendingScanHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private PendingScanHandler(Settings settings, AwsClients aws) {
    this(settings, aws.livePeerings(), aws.workflows("CONNECT_ARN"));
  }

  PendingScanHandler(Settings settings, Supplier<Complete<Peering>> live, Workflows workflows) {
    this.settings = settings;
    this.live = live;
    this.workflows = workflows;
  }

  @Override
  public Map<String, List<String>> handleRequest(ScheduledEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> Map.of("started", started()));
  }

  private List<String> started() {
    List<String> started =
        PendingRequests.undecided(live.get(), settings).stream()
            .filter(id -> workflows.startConnect(id, id + "-scan"))
            .map(PeeringId::value)
            .toList();
    LOG.info("started connect for {}", started);
    return started;
  }
}
