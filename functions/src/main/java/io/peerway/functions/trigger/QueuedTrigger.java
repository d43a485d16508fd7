package io.peerway.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.peerway.functions.Count;
import io.peerway.functions.Json;
import io.peerway.model.Errand;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.value.Printable;
import io.peerway.plan.Aws;
import io.peerway.plan.events.Turns;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * A function that a queue of events starts, and that starts workflows. Events for one subject are
 * one errand. A message whose errand fails is there again after the queue's visibility timeout
 * ("Implementing partial batch responses", AWS Lambda Developer Guide); the others are done.
 */
abstract class QueuedTrigger implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(QueuedTrigger.class);

  final Aws aws;
  final Errands errands;

  QueuedTrigger(Turns turns, Aws aws) {
    this.aws = aws;
    this.errands = new Errands(turns, aws);
  }

  /** What an event asks for; nothing where it is {@link #ignored}. */
  abstract List<Errand> read(BridgeEvent event);

  /** Goes on these errands, each of which stands for the messages with it. */
  abstract void run(Batch batch);

  // Lambda would read the batch with a mapper of its own: 794 of the 6,149 classes that a first
  // answer took (make bench measures what is left of it, "startups").
  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    Json.write(out, handleRequest(Json.read(in, SQSEvent.class), context));
  }

  public final SQSBatchResponse handleRequest(@Nullable SQSEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> answer(event));
  }

  private SQSBatchResponse answer(@Nullable SQSEvent event) {
    Batch batch = new Batch();
    if (event != null && event.getRecords() != null) {
      event.getRecords().forEach(message -> take(message, batch));
    }
    run(batch);
    return new SQSBatchResponse(
        batch.failed.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }

  private void take(SQSMessage message, Batch batch) {
    batch.attempt(
        Set.of(message.getMessageId()),
        () -> {
          try {
            String body = String.valueOf(message.getBody());
            List<Errand> asked =
                ErrandMessage.read(body).map(List::of).orElseGet(() -> read(BridgeEvent.of(body)));
            asked.forEach(errand -> batch.add(errand, message.getMessageId()));
          } catch (MalformedEvent e) {
            Count.one("EventMalformed");
            LOG.warn("put aside: {}", e.getMessage());
            aws.queue()
                .putAside(message.getBody(), Printable.oneLine(String.valueOf(e.getMessage())));
          }
        });
  }

  static List<Errand> ignored(String reason) {
    Count.one("EventIgnored");
    LOG.info("ignored: {}", reason);
    return List.of();
  }

  /** An errand, and the messages that ask for it. */
  record Asked(Errand errand, Set<String> messages) {
    Asked and(Asked same) {
      Set<String> all = new LinkedHashSet<>(messages);
      all.addAll(same.messages);
      return new Asked(errand.and(same.errand), all);
    }
  }

  /** What a batch asks for, and which of its messages come again. */
  static final class Batch {
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Set<String> failed = new LinkedHashSet<>();

    private void add(Errand errand, String message) {
      asked.merge(errand.key(), new Asked(errand, Set.of(message)), Asked::and);
    }

    List<Asked> asked() {
      return List.copyOf(asked.values());
    }

    /** Does something for each of these; what fails comes again. */
    void forEach(List<Asked> some, Consumer<Errand> deed) {
      for (Asked one : some) {
        MDC.put("subject", one.errand().subject().value());
        attempt(one.messages(), () -> deed.accept(one.errand()));
      }
    }

    /** Does something for all of these at once. */
    void together(List<Asked> some, Runnable deed) {
      Set<String> messages = new LinkedHashSet<>();
      some.forEach(one -> messages.addAll(one.messages()));
      attempt(messages, deed);
    }

    private void attempt(Set<String> messages, Runnable deed) {
      try {
        deed.run();
      } catch (PeerwayException e) {
        Count.one("EventFailed");
        LOG.warn("comes again: {}", e.getMessage());
        failed.addAll(messages);
      }
    }
  }
}
