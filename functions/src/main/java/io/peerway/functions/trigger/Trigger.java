package io.peerway.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.functions.Count;
import io.peerway.model.AccountLook;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * A function that an event starts, and that starts a workflow. A malformed event is thrown: Lambda
 * keeps it in the dead-letter queue.
 */
abstract class Trigger implements RequestHandler<ScheduledEvent, Map<String, String>> {
  private static final Logger LOG = LoggerFactory.getLogger(Trigger.class);

  final Aws aws;

  Trigger(Aws aws) {
    this.aws = aws;
  }

  @Override
  public final Map<String, String> handleRequest(@Nullable ScheduledEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> counted(event));
  }

  /** Starts what the event asks for, by {@link #started} or {@link #ignored}. */
  abstract Map<String, String> answer(ScheduledEvent event);

  private Map<String, String> counted(@Nullable ScheduledEvent event) {
    try {
      if (event == null) {
        throw new MalformedEvent("null instead of an event");
      }
      return answer(event);
    } catch (MalformedEvent e) {
      Count.one("EventMalformed");
      throw e;
    }
  }

  /**
   * Starts one execution for each subject.
   *
   * @param start takes a subject and the execution's name, and says whether it was started now
   */
  static <S extends Subject> Map<String, String> started(
      ScheduledEvent event, String workflow, List<S> at, BiPredicate<S, String> start) {
    List<String> names = new ArrayList<>();
    boolean any = false;
    for (S subject : at) {
      MDC.put("subject", subject.value());
      String name = EventName.of(subject, event);
      boolean now = start.test(subject, name);
      Count.one(now ? "WorkflowStarted" : "EventRepeated");
      LOG.info(now ? "started {} {}" : "{} {} was started before", workflow, name);
      names.add(name);
      any |= now;
    }
    return Map.of(
        "outcome",
        any ? "started" : "repeated",
        "workflow",
        workflow,
        "execution",
        String.join(" ", names));
  }

  Map<String, String> look(ScheduledEvent event, AccountLook look) {
    return started(
        event,
        "look-at-account",
        List.of(look.accountId()),
        (account, name) -> aws.workflows().startLookAtAccount(look, name));
  }

  static Map<String, String> ignored(String reason) {
    Count.one("EventIgnored");
    LOG.info("ignored: {}", reason);
    return Map.of("outcome", "ignored", "reason", reason);
  }
}
