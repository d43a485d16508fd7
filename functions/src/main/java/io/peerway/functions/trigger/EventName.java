package io.peerway.functions.trigger;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.Printable;
import io.peerway.model.value.Subject;

/**
 * The name of the execution that an event starts: one for every delivery of it, so that the second
 * starts nothing.
 */
final class EventName {
  private EventName() {}

  // A name has at most 80 characters of a small alphabet (Step Functions API reference,
  // "StartExecution").
  static String of(Subject subject, ScheduledEvent event) {
    String id = event.getId();
    if (id == null || !id.matches("[A-Za-z0-9-]{1,50}")) {
      throw new MalformedEvent(
          "id of the event: letters, digits and hyphens expected, got: "
              + Printable.shortened(String.valueOf(id)));
    }
    return subject.value() + "-" + id;
  }
}
