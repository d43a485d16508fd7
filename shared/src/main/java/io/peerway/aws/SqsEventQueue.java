package io.peerway.aws;

import io.peerway.model.port.EventQueue;
import io.peerway.model.value.Subject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** {@link EventQueue} on SQS, with the dead-letter queue beside it. */
final class SqsEventQueue implements EventQueue {
  private final Supplier<SqsClient> sqs;
  private final String queue;
  private final String undelivered;

  SqsEventQueue(Supplier<SqsClient> sqs, String queue, String undelivered) {
    this.sqs = sqs;
    this.queue = queue;
    this.undelivered = undelivered;
  }

  @Override
  public void putBack(Subject onBehalfOf, String message, Duration after) {
    AwsErrors.call(
        onBehalfOf + ": put back into the queue of events",
        () ->
            sqs.get()
                .sendMessage(
                    r ->
                        r.queueUrl(queue)
                            .messageBody(message)
                            .delaySeconds((int) after.toSeconds())
                            .overrideConfiguration(Caller.named(onBehalfOf))));
  }

  @Override
  public void putAside(String message, String reason) {
    AwsErrors.call(
        "put an event aside",
        () ->
            sqs.get()
                .sendMessage(
                    r ->
                        r.queueUrl(undelivered)
                            .messageBody(message)
                            .messageAttributes(
                                Map.of(
                                    "reason",
                                    MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue(reason)
                                        .build()))
                            .overrideConfiguration(Caller.named("undelivered"))));
  }
}
