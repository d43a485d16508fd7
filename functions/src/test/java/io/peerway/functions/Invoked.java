package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Invokes a step as Lambda does: JSON in, JSON out. */
public final class Invoked {

  // Not the mapper of the functions, which would hide its own mistakes.
  static final ObjectMapper JSON = new ObjectMapper();

  private Invoked() {}

  /** The answer to {@code input}, in which single quotes may stand for double ones. */
  public static JsonNode step(RequestStreamHandler handler, String input) {
    return exactly(handler, input.replace('\'', '"'));
  }

  /** The answer to {@code json} as it is. */
  public static JsonNode exactly(RequestStreamHandler handler, String json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = json.getBytes(StandardCharsets.UTF_8);
    try {
      handler.handleRequest(new ByteArrayInputStream(in), out, new TestContext());
      return JSON.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code text} as JSON, for comparison. */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event as the managed runtime reads it. */
  public static ScheduledEvent event(String json) {
    PojoSerializer<ScheduledEvent> runtime =
        LambdaEventSerializers.serializerFor(ScheduledEvent.class, Invoked.class.getClassLoader());
    return runtime.fromJson(
        new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
