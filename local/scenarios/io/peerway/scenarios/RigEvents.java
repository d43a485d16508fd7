package io.peerway.scenarios;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The events on their way to Peerway, and the rest after them. */
final class RigEvents {
  private final Rig rig;

  RigEvents(Rig rig) {
    this.rig = rig;
  }

  /** Events that no function has gone on an errand for yet, or that wait for a later one. */
  int waiting() {
    return rig.ask("/events/waiting", Map.of()).asInt();
  }

  /** Waits until everything that looks at this account has seen enough of it. */
  void quiet(Service service) {
    rig.ask("/settle", Map.of());
    Rig.eventually(
        "the end of what looks at account " + service.account(),
        () ->
            waiting() == 0 && rig.executions().nothingLooksAt(service.account())
                ? Optional.of(true)
                : Optional.empty());
  }

  /** The scan that looks every ten minutes for requests that nobody forwarded. */
  void scan() {
    rig.ask("/scan", Map.of());
  }

  /** Waits until every {@code reconcile} that an event of the hub has started is done. */
  void reconciled() {
    rig.ask("/settle", Map.of());
    Rig.eventually(
        "the end of reconcile",
        () ->
            waiting() == 0
                    && rig.stepFunctions()
                        .listExecutions(
                            r ->
                                r.stateMachineArn(rig.output("ReconcileStateMachineArn"))
                                    .statusFilter("RUNNING"))
                        .executions()
                        .isEmpty()
                ? Optional.of(true)
                : Optional.empty());
  }

  /**
   * From now on the change calendar is closed, for so many hours. Returns the end, as it is told.
   */
  String freeze(int hours) {
    return rig.ask("/freezes/begin", Map.of("hours", hours)).asText();
  }

  /** The change calendar is open. */
  void thaw() {
    rig.ask("/freezes/end", Map.of());
  }

  /** Somebody deletes the change calendar. */
  void loseCalendar() {
    rig.ask("/freezes/lose", Map.of());
  }

  /** What is done while no event tells of it. */
  void unseen(Runnable deed) {
    rig.ask("/settle", Map.of());
    rig.ask("/events/lose", Map.of("lost", true));
    try {
      deed.run();
      rig.ask("/settle", Map.of());
    } finally {
      rig.ask("/events/lose", Map.of("lost", false));
    }
  }

  void emit(Map<String, ?> event) {
    rig.ask("/events/emit", Map.of("event", event));
  }

  /** The message in which this event waits, because a function could not read it. */
  String inDeadLetterQueue(Map<String, ?> event) {
    String id = String.valueOf(event.get("id"));
    String queue = rig.output("UndeliveredEventsUrl");
    SqsClient sqs = rig.sqs();
    return Rig.eventually(
        "event " + id + " in the dead-letter queue",
        () ->
            sqs
                .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).visibilityTimeout(0))
                .messages()
                .stream()
                .map(Message::body)
                .filter(body -> body.contains(id))
                .findFirst());
  }
}
