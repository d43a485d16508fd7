package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.aws.AwsClients;
import io.peerway.model.PeeringId;
import io.peerway.model.Printable;
import io.peerway.model.Workflows;
import io.peerway.model.error.MalformedEvent;
import io.peerway.plan.PeeringEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * Starts {@code connect} where an event tells us to look. A malformed event is thrown: Lambda keeps
 * it in the dead-letter queue.
 */
public final class PeeringEventHandler
    implements RequestHandler<ScheduledEvent, Map<String, String>> {
  private static final Logger LOG = LoggerFactory.getLogger(PeeringEventHandler.class);

  private final Workflows workflows;

  public PeeringEventHandler() {
    this(new AwsClients(System.getenv()).workflows());
  }

  PeeringEventHandler(Workflows workflows) {
    this.workflows = workflows;
  }

  @Override
  public Map<String, String> handleRequest(ScheduledEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> answered(event));
  }

  private Map<String, String> answered(ScheduledEvent event) {
    try {
      if (event == null) {
        throw new MalformedEvent("null instead of an event");
      }
      return switch (PeeringEvent.of(event.getSource(), event.getDetailType(), event.getDetail())) {
        case PeeringEvent.Look(List<PeeringId> at) -> started(at, eventId(event));
        case PeeringEvent.Ignored(String reason) -> ignored(reason);
      };
    } catch (MalformedEvent e) {
      Count.one("EventMalformed");
      throw e;
    }
  }

  // One name for every delivery of an event: the second finds the execution there and starts
  // nothing.
  private Map<String, String> started(List<PeeringId> at, String eventId) {
    List<String> names = new ArrayList<>();
    boolean any = false;
    for (PeeringId id : at) {
      MDC.put("connection", id.value());
      String name = id + "-" + eventId;
      boolean now = workflows.startConnect(id, name);
      Count.one(now ? "ConnectStarted" : "EventRepeated");
      LOG.info(now ? "started connect {}" : "connect {} was started before", name);
      names.add(name);
      any |= now;
    }
    return Map.of("outcome", any ? "started" : "repeated", "execution", String.join(" ", names));
  }

  private static Map<String, String> ignored(String reason) {
    Count.one("EventIgnored");
    LOG.info("ignored: {}", reason);
    return Map.of("outcome", "ignored", "reason", reason);
  }

  // An execution name has at most 80 characters of a small alphabet (Step Functions API reference,
  // "StartExecution").
  private static String eventId(ScheduledEvent event) {
    String id = event.getId();
    if (id == null || !id.matches("[A-Za-z0-9-]{1,50}")) {
      throw new MalformedEvent(
          "id of the event: letters, digits and hyphens expected, got: "
              + Printable.shortened(String.valueOf(id)));
    }
    return id;
  }
}
